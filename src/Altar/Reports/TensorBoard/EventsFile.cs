using System.Globalization;
using Altar.Tensors;
using Altar.Training;

namespace Altar.Reports.TensorBoard;

/// <summary>The numbers of a run for TensorBoard: <c>events.out.tfevents.*</c> in the run folder.</summary>
/// <remarks>Show them with <c>tensorboard --logdir runs</c>. Names: <c>step/loss</c>, <c>step/rate</c>, <c>train/...</c>, <c>val/...</c>; the horizontal axis is the step.</remarks>
public sealed class EventsFile : IDisposable
{
    private const string EpochTag = "train/epoch";
    private readonly FileStream _file;
    private readonly TimeProvider _time;

    private EventsFile(FileStream file, TimeProvider time) => (_file, _time) = (file, time);

    /// <summary>Opens the events to append: one file a run, also when it is resumed.</summary>
    /// <param name="folder">The run folder; it is made.</param>
    /// <param name="throughStep">Events of later steps are dropped first: a resumed run does those again. 0 (default) begins anew.</param>
    /// <param name="throughEpoch">Events of later epochs are dropped too. Default: all are kept.</param>
    /// <param name="time">The clock of the events; null (default): the system's.</param>
    public static EventsFile Open(string folder, int throughStep = 0, int throughEpoch = int.MaxValue, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        Directory.CreateDirectory(folder);
        var earlier = Directory.GetFiles(folder, "events.out.tfevents.*");
        var kept = throughStep == 0 ? [] : earlier.SelectMany(Records).Where(record => IsWithin(ScalarEvent.Decode(record), throughStep, throughEpoch));
        var path = earlier.FirstOrDefault() ?? Path.Combine(
            folder, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{time.GetUtcNow().ToUnixTimeSeconds()}.altar"));

        byte[][] records = [ScalarEvent.Version(Seconds(time)), .. kept];
        AtomicFile.Write(path, stream => Array.ForEach(records, record => RecordFile.Write(stream, record)));
        foreach (var other in earlier.Skip(1)) File.Delete(other);
        return new EventsFile(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite), time);
    }

    /// <summary>Appends an epoch, at the step at which it ended.</summary>
    /// <param name="row">The epoch.</param>
    public void Add(EpochRecord row) => Add(row.Steps,
    [
        (EpochTag, row.Epoch), ("train/loss", row.TrainLoss), ("train/pictures_per_second", row.PicturesPerSecond), ("train/waiting_share", row.WaitingShare),
        ("train/memory_mib", row.MemoryMiB), .. row.Val.Select(pair => ($"val/{pair.Key.Name}", pair.Value)),
    ]);

    /// <summary>Appends a step.</summary>
    /// <param name="row">The step.</param>
    public void Add(StepRecord row) => Add(row.Step, [("step/loss", row.Loss), ("step/rate", row.Rate)]);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void Add(int step, IReadOnlyList<(string Name, double Value)> values)
    {
        RecordFile.Write(_file, new ScalarEvent(Seconds(_time), step, [.. values.Select(pair => (pair.Name, (float)pair.Value))]).Encode());
        _file.Flush();
    }

    private static double Seconds(TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    private static IReadOnlyList<byte[]> Records(string path) => RecordFile.Read(File.ReadAllBytes(path));

    // The first message of a file names the version: it has no step, and every file gets a new one.
    private static bool IsWithin(ScalarEvent scalars, int throughStep, int throughEpoch) =>
        scalars.Step > 0 && scalars.Step <= throughStep && scalars.Values.All(pair => pair.Name != EpochTag || pair.Value <= throughEpoch);
}
