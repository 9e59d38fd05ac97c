namespace Altar.Cli.Doctor;

/// <summary>How a check went.</summary>
internal enum Health
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Altar works, but slower or with less.</summary>
    Warning,

    /// <summary>Altar does not work.</summary>
    Failed,
}

/// <summary>The outcome of one check.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Status">How it went.</param>
/// <param name="Found">What is there.</param>
/// <param name="Problem">What is wrong with it; null where all is well.</param>
/// <param name="Cure">What to type or change; null where all is well.</param>
internal sealed record Finding(string Name, Health Status, string Found, string? Problem = null, string? Cure = null)
{
    public static Finding Ok(string name, string found) => new(name, Health.Ok, found);

    public static Finding Warning(string name, string found, string problem, string cure) => new(name, Health.Warning, found, problem, cure);

    public static Finding Failed(string name, string found, string problem, string cure) => new(name, Health.Failed, found, problem, cure);
}
