namespace Altar.Images.GeoTiff;

/// <summary>A file in work, whose errors say which result was lost and what to do.</summary>
internal sealed class WrittenFile(Stream below, string path) : PassingStream(below)
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            base.Write(buffer);
        }
        catch (Exception error) when (error is IOException or ArgumentOutOfRangeException)   // the latter is what .NET makes of EFBIG
        {
            throw new IOException($"{path} could not be written: {(error is IOException ? error.Message.TrimEnd('.') : "File too large")}. Nothing half-written is left; free some space, or name another folder, and start again: finished rasters are kept.", error);
        }
    }
}
