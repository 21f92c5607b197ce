namespace Forge.Scap.Slim;

/// <summary>What became of a cut.</summary>
public sealed record SlimCut
{
    /// <summary>Why it cannot be cut safely; null where it was cut. Nothing is written then.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it was cut.</summary>
    public bool IsCut => Reason is null;

    /// <summary>Rules in it, by full id.</summary>
    public IReadOnlyList<string> RuleIds { get; init; } = [];

    /// <summary>Profile in it: the id to give to the scanner.</summary>
    public string ProfileId { get; init; } = "";

    /// <summary>Values in it.</summary>
    public int Values { get; init; }

    /// <summary>OVAL items in it: definitions, tests, objects, states and variables, those for platforms included.</summary>
    public int OvalItems { get; init; }

    /// <summary>Size in bytes.</summary>
    public long Length { get; init; }

    /// <summary>SHA-256 of the bytes, 64 lower-case hexadecimal digits; the same cut gives the same bytes.</summary>
    public string Sha256 { get; init; } = "";
}
