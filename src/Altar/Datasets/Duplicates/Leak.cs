using System.Globalization;

namespace Altar.Datasets.Duplicates;

/// <summary>How a picture of val is known from train.</summary>
public enum LeakKind
{
    /// <summary>The same file content.</summary>
    SameFile,

    /// <summary>The same picture, coded anew, made smaller or slightly changed.</summary>
    NearDuplicate,

    /// <summary>Another picture of the same group.</summary>
    SameGroup,
}

/// <summary>A picture of val and what gives it away.</summary>
/// <param name="Val">The file in val.</param>
/// <param name="Train">A file in train that is the same, nearly the same, or of the same group.</param>
public sealed record LeakExample(string Val, string Train);

/// <summary>Pictures of val that the network has seen in training, so that the score flatters.</summary>
/// <param name="Kind">How they are known.</param>
/// <param name="Pictures">How many pictures of val.</param>
/// <param name="Total">Of how many.</param>
/// <param name="Examples">The first few.</param>
public sealed record Leak(LeakKind Kind, int Pictures, int Total, IReadOnlyList<LeakExample> Examples)
{
    /// <summary>The warning: the count, examples and the cure.</summary>
    public string Message
    {
        get
        {
            var (what, cure) = Kind switch
            {
                LeakKind.SameFile => ("are also in train", "Remove them from one side."),
                LeakKind.NearDuplicate => ("have a near-duplicate in train", "Remove them from one side, or name a column in data.group that keeps them together."),
                _ => ("belong to a group that is also in train", "Put each group on one side; data.val as a fraction does so."),
            };
            var examples = string.Join(", ", Examples.Select(example => $"{example.Val} as {example.Train}"));
            return string.Create(CultureInfo.InvariantCulture, $"{Pictures} of {Total} val pictures {what}, so the score flatters: {examples}{(Examples.Count < Pictures ? ", ..." : "")}. {cure}");
        }
    }
}
