namespace Altar.Tests.Images.GeoTiff;

/// <summary>A disk that is full after so many bytes.</summary>
internal sealed class FailingStream(Stream below, long room) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => below.Length;

    public override long Position
    {
        get => below.Position;
        set => below.Position = value;
    }

    public override void Flush() => below.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => below.Seek(offset, origin);

    public override void SetLength(long value) => below.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (below.Position + buffer.Length > room) throw new IOException("No space left on device");
        below.Write(buffer);
    }
}
