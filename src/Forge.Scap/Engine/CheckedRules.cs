using Forge.Scap.Results;

namespace Forge.Scap.Engine;

/// <summary>What the scanner said of some rules.</summary>
/// <param name="Results">By short id.</param>
/// <param name="Method">How they were evaluated.</param>
/// <param name="Raw">The last result file, gzip.</param>
/// <param name="Elapsed">Time of the scanner.</param>
internal sealed record CheckedRules(IReadOnlyDictionary<string, RuleResult> Results, string Method, byte[] Raw, TimeSpan Elapsed);
