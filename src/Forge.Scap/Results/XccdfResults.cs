namespace Forge.Scap.Results;

/// <summary>One XCCDF test result, complete: a file that is cut short is an error and never fewer results.</summary>
public sealed record XccdfResults
{
    /// <summary>Id of the test result.</summary>
    public required string Id { get; init; }

    /// <summary>Profile that was scanned with; null for the benchmark's own selection.</summary>
    public string? ProfileId { get; init; }

    /// <summary>Benchmark as the result names it; empty where it does not.</summary>
    public string BenchmarkId { get; init; } = "";

    /// <summary>Scanner as it names itself; empty where it does not.</summary>
    public string TestSystem { get; init; } = "";

    /// <summary>Start; null where the scanner does not say.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>End.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Rules in the order of the file.</summary>
    public required IReadOnlyList<RuleResult> Rules { get; init; }

    /// <summary>Rules by full id.</summary>
    public required IReadOnlyDictionary<string, RuleResult> ByRule { get; init; }

    /// <summary>How many rules have an outcome.</summary>
    public int Count(RuleOutcome outcome) => Rules.Count(r => r.Outcome == outcome);
}
