namespace Altar.Metrics;

/// <summary>First guesses of a row of scores, found without sorting all of it: K may be in the thousands.</summary>
public static class Ranking
{
    /// <summary>The class with the largest score; the first of equals. NaN is never the largest.</summary>
    /// <param name="scores">One for each class.</param>
    /// <returns>Its index; 0 if every score is NaN, -1 if there is none.</returns>
    public static int First(ReadOnlySpan<float> scores)
    {
        var best = scores.IsEmpty ? -1 : 0;
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best] || (float.IsNaN(scores[best]) && !float.IsNaN(scores[i]))) best = i;
        }

        return best;
    }

    /// <summary>The <paramref name="count"/> classes with the largest scores, largest first; the first of equals comes first.</summary>
    /// <param name="scores">One for each class.</param>
    /// <param name="count">How many; fewer are returned where there are fewer classes.</param>
    public static int[] First(ReadOnlySpan<float> scores, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var best = new int[Math.Min(count, scores.Length)];
        var found = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            var place = found;
            while (place > 0 && Above(scores[i], scores[best[place - 1]])) place--;
            if (place == best.Length) continue;
            if (found < best.Length) found++;
            best.AsSpan(place, found - place - 1).CopyTo(best.AsSpan(place + 1));
            best[place] = i;
        }

        return best;
    }

    /// <summary>Whether <paramref name="label"/> is one of the first <paramref name="count"/> guesses.</summary>
    /// <param name="scores">One for each class.</param>
    /// <param name="label">A class.</param>
    /// <param name="count">How many guesses are allowed.</param>
    public static bool IsAmongFirst(ReadOnlySpan<float> scores, int label, int count)
    {
        var own = scores[label];
        var ahead = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (Above(scores[i], own) || (i < label && !Above(own, scores[i]))) ahead++;
            if (ahead >= count) return false;
        }

        return true;
    }

    // NaN ranks below every number.
    private static bool Above(float one, float other) => one > other || (float.IsNaN(other) && !float.IsNaN(one));
}
