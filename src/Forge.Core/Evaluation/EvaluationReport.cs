namespace Forge.Core.Evaluation;

/// <summary>Verdicts of one evaluation with how they came about.</summary>
public sealed record EvaluationReport
{
    /// <summary>By item id; every item asked for is in it.</summary>
    public required IReadOnlyDictionary<string, Verdict> Verdicts { get; init; }

    /// <summary>How it was evaluated, for example <c>slim</c> or <c>full</c>, with the reason where the dear way was taken.</summary>
    public required string Method { get; init; }

    /// <summary>Digest of the blob with the raw result; null where none is kept.</summary>
    public string? RawResult { get; init; }

    /// <summary>Time the scanner took.</summary>
    public TimeSpan Elapsed { get; init; }
}
