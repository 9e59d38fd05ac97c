namespace Altar.Inference;

/// <summary>What each network of a predictor said of one picture.</summary>
/// <param name="Sample">Place of the picture in the list that was asked about.</param>
/// <param name="Rows">Class probabilities, one row for each network.</param>
internal sealed record MemberRows(int Sample, IReadOnlyList<float[]> Rows);
