using System.Globalization;
using Altar.Reports;
using Altar.Training;

namespace Altar.Recipes;

/// <summary>Where the cycles of a run ended, for its curves.</summary>
internal static class RunMarks
{
    /// <summary>The ends that were reached, in stages with cycles or snapshots.</summary>
    /// <param name="stages">The recipe's stages.</param>
    /// <param name="epochs">The finished epochs, in order.</param>
    public static IReadOnlyList<CourseMark> Of(IReadOnlyList<Stage> stages, IReadOnlyList<EpochRecord> epochs)
    {
        var marks = new List<CourseMark>();
        var (begin, snapshots) = (0, 0);
        foreach (var stage in stages)
        {
            var rows = epochs.Where(row => row.Stage == stage.Name).ToList();
            if (rows.Count == 0) break;
            var perEpoch = rows[0].Steps - begin;
            var ends = stage.Schedule.ToRates(stage.Rate, stage.Epochs * perEpoch, perEpoch).CycleEnds;
            var shown = stage.Snapshots || ends.Count > 1 ? ends.Where(end => begin + end <= rows[^1].Steps) : [];
            marks.AddRange(shown.Select((end, index) => new CourseMark(begin + end, stage.Snapshots ? Name(snapshots + index + 1) : "")));
            snapshots += stage.Snapshots ? stage.Schedule.Cycles : 0;
            begin = rows[^1].Steps;
        }

        return marks;
    }

    private static string Name(int snapshot) => string.Create(CultureInfo.InvariantCulture, $"snapshot {snapshot}");
}
