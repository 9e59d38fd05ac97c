namespace Altar.Datasets.Boxes;

/// <summary>COCO's run lengths as text.</summary>
/// <remarks>pycocotools, maskApi.c, rleFrString: five bits a letter from '0' on, a sixth says that more follow; from the third on, differences to the number two before.</remarks>
internal static class CocoRuns
{
    /// <returns>Null where the text ends within a number or a letter is outside of the 64.</returns>
    public static IReadOnlyList<long>? Parse(string text)
    {
        var counts = new List<long>();
        for (var at = 0; at < text.Length;)
        {
            long number = 0;
            int letter, shift = 0;
            do
            {
                if (at == text.Length || shift > 55) return null;
                letter = text[at++] - '0';
                if (letter is < 0 or > 63) return null;
                number |= (letter & 31L) << shift;
                shift += 5;
            }
            while ((letter & 32) != 0);

            if ((letter & 16) != 0) number |= -1L << shift;
            if (counts.Count > 2) number += counts[^2];
            counts.Add(number);
        }

        return counts;
    }
}
