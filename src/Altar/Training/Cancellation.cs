namespace Altar.Training;

internal static class Cancellation
{
    /// <summary>The items until a cancellation ends them: what was delivered stays done, and nobody unwinds.</summary>
    /// <param name="items">May throw <see cref="OperationCanceledException"/>.</param>
    public static IEnumerable<T> UntilCancelled<T>(this IEnumerable<T> items)
    {
        using var source = items.GetEnumerator();
        while (MovesOn(source)) yield return source.Current;
    }

    private static bool MovesOn<T>(IEnumerator<T> source)
    {
        try
        {
            return source.MoveNext();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
