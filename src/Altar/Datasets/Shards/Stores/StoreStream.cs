using Altar.Datasets.Shards.Tar;
using Altar.Tensors;

namespace Altar.Datasets.Shards.Stores;

/// <summary>One file of a store from front to back. After a failure it goes on where it stopped; long passages are not fetched.</summary>
internal sealed class StoreStream(IShardStore store, string name, RetryOptions retry, CancellationToken cancel = default) : IForwardStream
{
    private const int BufferLength = 1 << 18;
    private const long WorthReopening = 1 << 20;   // fetching less is cheaper than another request
    private readonly byte[] _buffer = new byte[BufferLength];
    private Stream? _stream;
    private long _position;   // of the store's stream: behind the buffer
    private int _start, _end;

    public int ReadUpTo(Span<byte> bytes)
    {
        var filled = 0;
        while (filled < bytes.Length && (_start < _end || Fill()))
        {
            var count = Math.Min(bytes.Length - filled, _end - _start);
            _buffer.AsSpan(_start, count).CopyTo(bytes[filled..]);
            (_start, filled) = (_start + count, filled + count);
        }

        return filled;
    }

    public void Skip(long bytes)
    {
        var buffered = Math.Min(bytes, _end - _start);
        _start += (int)buffered;
        bytes -= buffered;
        if (bytes > WorthReopening)
        {
            Close();
            _position += bytes;
            return;
        }

        while (bytes > 0 && Fill())
        {
            buffered = Math.Min(bytes, _end - _start);
            _start += (int)buffered;
            bytes -= buffered;
        }
    }

    public void Dispose() => Close();

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }

    /// <returns>False at the end of the file.</returns>
    private bool Fill()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var read = ReadAsync().GetAwaiter().GetResult();
                (_start, _end) = (0, read);
                _position += read;
                return read > 0;
            }
            catch (Exception error) when (IsTransient(error))
            {
                Close();
                if (attempt >= retry.Attempts)
                    throw new BadInputException($"{store.NameOf(name)}: reading failed {attempt} times at byte {_position}, last with: {Reason(error)}. See to the server or the network, then start again; a run can be resumed.", error);
                Task.Delay(retry.DelayAfter(attempt), retry.Time, cancel).GetAwaiter().GetResult();
            }
        }
    }

    private async Task<int> ReadAsync()
    {
        using var silence = new CancellationTokenSource(retry.Silence, retry.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancel);
        _stream ??= await store.OpenAsync(name, _position, either.Token).ConfigureAwait(false);
        return await _stream.ReadAsync(_buffer, either.Token).ConfigureAwait(false);
    }

    private bool IsTransient(Exception error) => error switch
    {
        OperationCanceledException => !cancel.IsCancellationRequested,   // silence
        TransientException or IOException or HttpRequestException => true,
        _ => false,
    };

    private string Reason(Exception error) =>
        error is OperationCanceledException ? $"nothing came for {retry.Silence.TotalSeconds:0.#} seconds" : error.Message.TrimEnd('.');
}
