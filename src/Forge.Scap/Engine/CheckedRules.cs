using Forge.Scap.Results;

namespace Forge.Scap.Engine;

/// <summary>What the scanner said of some rules.</summary>
/// <param name="Results">By id.</param>
/// <param name="Method">How they were evaluated.</param>
/// <param name="Raw">The result files, gzip, one member for each call.</param>
/// <param name="Elapsed">Wall time of the scanner.</param>
internal sealed record CheckedRules(IReadOnlyDictionary<string, RuleResult> Results, string Method, byte[] Raw, TimeSpan Elapsed)
{
    /// <summary>Of no rule.</summary>
    public static CheckedRules None { get; } = new(new Dictionary<string, RuleResult>(), "", [], TimeSpan.Zero);

    /// <summary>Several calls that ran side by side, as one.</summary>
    /// <param name="parts">The calls.</param>
    /// <param name="elapsed">Wall time of all.</param>
    public static CheckedRules Of(IReadOnlyList<CheckedRules> parts, TimeSpan elapsed) => new(
        parts.SelectMany(p => p.Results).ToDictionary(StringComparer.Ordinal),
        string.Join("; ", parts.Select(p => p.Method).Where(m => m.Length > 0).Distinct()),
        [.. parts.SelectMany(p => p.Raw)],
        elapsed);
}
