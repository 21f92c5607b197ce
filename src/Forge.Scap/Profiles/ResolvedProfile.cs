using Forge.Scap.Content;

namespace Forge.Scap.Profiles;

/// <summary>A profile with all that it extends applied to a benchmark: what a scan with it checks, and with which values.</summary>
public sealed record ResolvedProfile
{
    /// <summary>Full id; the benchmark's own defaults have <see cref="ProfileResolver.DefaultProfileId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Title; that of the profile it extends where it has none.</summary>
    public required string Title { get; init; }

    /// <summary>The benchmark.</summary>
    public required Benchmark Benchmark { get; init; }

    /// <summary>Tailoring file that it comes from; null for the benchmark's own profiles.</summary>
    public Tailoring? Tailoring { get; init; }

    /// <summary>Rules that are checked, in document order.</summary>
    public required IReadOnlyList<SelectedRule> Rules { get; init; }

    /// <summary>Rules that are checked, by full id.</summary>
    public required IReadOnlyDictionary<string, SelectedRule> RulesById { get; init; }

    /// <summary>Values by full id; every value of the benchmark is in it.</summary>
    public required IReadOnlyDictionary<string, ResolvedValue> Values { get; init; }
}
