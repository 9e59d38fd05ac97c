namespace Altar.Tests.Training;

/// <summary>For tests that count live tensors.</summary>
internal static class Garbage
{
    /// <summary>Frees what earlier tests left to their finalizers, so that it does not go while tensors are counted.</summary>
    public static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
