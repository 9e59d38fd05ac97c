using System.Globalization;
using Altar.Tensors;

namespace Altar.Training.Checkpoints;

/// <summary>Keeps a second process out of a run folder for as long as the first one works in it.</summary>
/// <remarks>
/// <c>run.lock</c> says who that is. What keeps others out is the system's lock on <c>.run.lock</c> beside it, which ends with
/// its process however that ends: what a killed process left is stale by itself, also when its number is in use again,
/// and on a network disk when its machine is gone.
/// </remarks>
public sealed class RunLock : IDisposable
{
    private readonly FileStream _held;
    private readonly string _note;

    private RunLock(FileStream held, string note) => (_held, _note) = (held, note);

    /// <summary>Who held the folder before and did not give it back, e.g. "process 41 on gpu-2, since 2026-05-01 12:00:00Z"; null: nobody.</summary>
    public string? Stale { get; private init; }

    /// <summary>Names of the files, which are no sign of a run.</summary>
    public static IReadOnlyList<string> Files { get; } = ["run.lock", ".run.lock"];

    /// <summary>Takes the folder, which is made where it is missing.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="time">The clock; null (default): the system's.</param>
    /// <exception cref="BadInputException">Another process works in it, or it cannot be written to.</exception>
    public static RunLock Take(RunFolder folder, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var note = folder.In(Files[0]);
        var held = Hold(folder, note);
        try
        {
            var stale = OwnerOf(note);
            AtomicFile.WriteText(note, string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}, since {(time ?? TimeProvider.System).GetUtcNow():u}\n"));
            return new RunLock(held, note) { Stale = stale };
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Gives the folder back. The empty <c>.run.lock</c> stays: taken away, it could be taken from somebody who just got it.</summary>
    public void Dispose()
    {
        File.Delete(_note);
        _held.Dispose();
    }

    private static FileStream Hold(RunFolder folder, string note)
    {
        try
        {
            Directory.CreateDirectory(folder.Path);
            return new FileStream(folder.In(Files[1]), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new BadInputException($"{folder.Path}: the run folder cannot be written: {error.Message} Choose another --out.", error);
        }
        catch (IOException error) when (File.Exists(folder.In(Files[1])))
        {
            throw new BadInputException($"{folder.Path}: {OwnerOf(note) ?? "another process"} works in this run folder; wait for its end, end it, or choose another --out.", error);
        }
    }

    private static string? OwnerOf(string note) => File.Exists(note) && File.ReadAllText(note).Trim() is { Length: > 0 } owner ? owner : null;
}
