namespace Altar.Images;

/// <summary>A picture that cannot be used: cut off, not a picture at all, or larger than the limit.</summary>
/// <param name="path">The file.</param>
/// <param name="reason">What is wrong with it, as the end of the sentence "FILE ...".</param>
public sealed class DamagedPictureException(string path, string reason) : Exception($"{path}: {reason}.")
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; } = reason;
}
