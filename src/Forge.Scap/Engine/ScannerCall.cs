namespace Forge.Scap.Engine;

/// <summary>One call of the scanner on a target.</summary>
internal sealed record ScannerCall
{
    /// <summary>The scanner's command.</summary>
    public required string Scanner { get; init; }

    /// <summary>Data stream on the target; null where it travels with the call.</summary>
    public string? PathOnTarget { get; init; }

    /// <summary>Data stream that travels with the call; null where the target has it.</summary>
    public byte[]? Stream { get; init; }

    /// <summary>Tailoring file that travels with the call; null for none.</summary>
    public byte[]? Tailoring { get; init; }

    /// <summary>Full id of the profile; null for the benchmark's own selection.</summary>
    public string? ProfileId { get; init; }

    /// <summary>Only these rules, by full id; empty for all of the profile.</summary>
    public IReadOnlyList<string> RuleIds { get; init; } = [];

    /// <summary>All of the profile but these rules, by full id.</summary>
    public IReadOnlyList<string> SkippedRuleIds { get; init; } = [];

    /// <summary>Whether the schema validation is skipped: only for streams that were cut from, or are, one that was validated.</summary>
    public bool SkipValidation { get; init; }

    /// <summary>Time between two looks at whether the scanner waits for itself; whole seconds, from 1.</summary>
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time limit.</summary>
    public required TimeSpan Limit { get; init; }
}
