using System.Globalization;

namespace Altar.Schedules;

/// <summary>How a stage's rate moves: the recipe's <c>schedule</c>, a name or a mapping such as <c>{cycles: 3}</c>, <c>{steps: [10, 20]}</c> or <c>{from: cosine, warmup: 1}</c>.</summary>
/// <remarks>The peak is the stage's rate, so a sweep over rates needs no other key.</remarks>
public sealed record ScheduleOptions
{
    private readonly ScheduleCurve? _named;

    /// <summary>The shape. Default: cosine where <see cref="Cycles"/> is given, steps where <see cref="Steps"/> is, else constant.</summary>
    public ScheduleCurve Curve
    {
        get => _named ?? (Cycles > 0 ? ScheduleCurve.Cosine : Steps.Count > 0 ? ScheduleCurve.Steps : ScheduleCurve.Constant);
        init => _named = value;
    }

    /// <summary>Cosine cycles in the stage (arXiv:1704.00109), at least 1. 0 (default): not given, which cosine takes as 1.</summary>
    public int Cycles { get; init; }

    /// <summary>Where linear and cosine end, as a share of the stage's rate, in [0, 1). Default 0.</summary>
    public double Floor { get; init; }

    /// <summary>Where in its wave a cycle starts: paper (default) or code.</summary>
    public CyclePhase Phase { get; init; }

    /// <summary>Epochs of the stage after which the rate falls, ascending, each at least 1. Default none.</summary>
    public IReadOnlyList<int> Steps { get; init; } = [];

    /// <summary>What the rate is multiplied by at each of <see cref="Steps"/>, in (0, 1). Default 0.1.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>Epochs, also parts of one, in which the rate climbs in a straight line before the curve begins. Default 0.</summary>
    public double Warmup { get; init; }

    /// <summary>The same counted in steps; one of the two may be given. Default 0.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>Reads a name: constant, linear, cosine or one-cycle.</summary>
    /// <param name="text">The name.</param>
    /// <exception cref="FormatException">No such schedule.</exception>
    public static ScheduleOptions Parse(string text) => new()
    {
        Curve = text switch
        {
            "constant" => ScheduleCurve.Constant,
            "linear" => ScheduleCurve.Linear,
            "cosine" => ScheduleCurve.Cosine,
            "one-cycle" => ScheduleCurve.OneCycle,
            _ => throw new FormatException($"'{text}' is no schedule; write constant, linear, cosine, one-cycle, {{cycles: 3}} or {{steps: [10, 20]}}"),
        },
    };

    /// <summary>Lays the curve over a stage.</summary>
    /// <param name="peak">The stage's rate.</param>
    /// <param name="stepsInStage">All its steps, at least 1.</param>
    /// <param name="stepsPerEpoch">Steps in each of its epochs, at least 1.</param>
    public RateCurve ToRates(double peak, int stepsInStage, int stepsPerEpoch) => RateCurve.Of(this, peak, stepsInStage, stepsPerEpoch);

    /// <summary>What contradicts itself or is out of range: the key, and what is wrong with it.</summary>
    public IEnumerable<(string Key, string Message)> Problems()
    {
        if (Cycles < 0) yield return ("cycles", $"{Cycles} is below 1; a schedule has at least one cycle");
        if (Floor is < 0 or >= 1) yield return ("floor", string.Create(CultureInfo.InvariantCulture, $"{Floor} is outside 0 to 1; it is a share of the stage's rate"));
        if (Factor is <= 0 or >= 1) yield return ("factor", string.Create(CultureInfo.InvariantCulture, $"{Factor} is outside 0 to 1; 0.1 is usual"));
        if (Warmup < 0) yield return ("warmup", string.Create(CultureInfo.InvariantCulture, $"{Warmup} is negative; write epochs"));
        if (WarmupSteps < 0) yield return ("warmup_steps", $"{WarmupSteps} is negative");
        if (Warmup > 0 && WarmupSteps > 0) yield return ("warmup_steps", "warmup (epochs) is given too; write one of the two");
        if (Steps.Any(epoch => epoch < 1) || Steps.Zip(Steps.Skip(1)).Any(pair => pair.First >= pair.Second))
            yield return ("steps", $"[{string.Join(", ", Steps)}] must be epochs in ascending order, the first at least 1");
        if (Cycles > 0 && Curve != ScheduleCurve.Cosine) yield return ("cycles", $"cycles belong to the cosine curve, not to {Name(Curve)}");
        if (Steps.Count > 0 && Curve != ScheduleCurve.Steps) yield return ("steps", $"steps do not go with the curve {Name(Curve)}; remove one of them");
        if (Steps.Count == 0 && Curve == ScheduleCurve.Steps) yield return ("steps", "the curve steps needs its epochs, e.g. steps: [10, 20]");
    }

    private static string Name(ScheduleCurve curve) => curve == ScheduleCurve.OneCycle ? "one-cycle" : curve.ToString().ToLowerInvariant();
}
