namespace Forge.Scap.Content;

/// <summary>An XCCDF 1.2 benchmark (NISTIR 7275 rev. 4, section 6.2.2) as it stands in its file, no profile applied.</summary>
public sealed record Benchmark
{
    /// <summary>Full id.</summary>
    public required string Id { get; init; }

    /// <summary>Title; empty where there is none.</summary>
    public required string Title { get; init; }

    /// <summary>Version; empty where there is none.</summary>
    public required string Version { get; init; }

    /// <summary>Where it was read.</summary>
    public required BenchmarkSource Source { get; init; }

    /// <summary>Platforms to which all of it applies: CPE names or <c>#id</c> of a platform specification; empty for all.</summary>
    public required IReadOnlyList<string> Platforms { get; init; }

    /// <summary>Profiles in document order.</summary>
    public required IReadOnlyList<Profile> Profiles { get; init; }

    /// <summary>Groups by id.</summary>
    public required IReadOnlyDictionary<string, Group> Groups { get; init; }

    /// <summary>Rules in document order.</summary>
    public required IReadOnlyList<Rule> Rules { get; init; }

    /// <summary>Rules by id.</summary>
    public required IReadOnlyDictionary<string, Rule> RulesById { get; init; }

    /// <summary>Values by id.</summary>
    public required IReadOnlyDictionary<string, Value> Values { get; init; }

    /// <summary>Plain texts by id, for substitution.</summary>
    public required IReadOnlyDictionary<string, string> PlainTexts { get; init; }

    /// <summary>Short names of reference catalogues by their address, as the benchmark gives them (for example <c>stigid</c>, <c>cis</c>, <c>disa</c>).</summary>
    public required IReadOnlyDictionary<string, string> ReferenceNames { get; init; }
}
