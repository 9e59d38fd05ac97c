namespace Altar.Images.GeoTiff;

/// <summary>Passes writes on to another stream, which it does not close.</summary>
internal abstract class PassingStream(Stream below) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => below.CanSeek;

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

    public override void Write(ReadOnlySpan<byte> buffer) => below.Write(buffer);
}
