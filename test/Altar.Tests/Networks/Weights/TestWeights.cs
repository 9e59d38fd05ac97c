namespace Altar.Tests.Networks.Weights;

/// <summary>Weights that are too large for the repository.</summary>
internal static class TestWeights
{
    public static string FolderOrSkip()
    {
        var data = Environment.GetEnvironmentVariable("ALTAR_DATA");
        if (string.IsNullOrEmpty(data)) Assert.Skip("ALTAR_DATA names no folder with data.");
        return Path.Combine(data, "weights");
    }
}
