using System.Runtime.Serialization;

namespace Altar.Schedules;

/// <summary>The shape of a stage's rate.</summary>
public enum ScheduleCurve
{
    /// <summary>The stage's rate throughout.</summary>
    Constant,

    /// <summary>A straight line from the rate to the floor.</summary>
    Linear,

    /// <summary>One or several cosine cycles, each from the rate to the floor.</summary>
    Cosine,

    /// <summary>A staircase down, at the ends of named epochs.</summary>
    Steps,

    /// <summary>Up to the rate and far below it again (arXiv:1708.07120).</summary>
    [EnumMember(Value = "one-cycle")]
    OneCycle,
}
