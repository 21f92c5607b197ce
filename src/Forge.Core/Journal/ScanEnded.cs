using Forge.Core.Loop;

namespace Forge.Core.Journal;

/// <summary>A full scan ended.</summary>
/// <param name="Purpose"><c>before</c>, <c>round</c> or <c>after</c>.</param>
/// <param name="Counts">How many items have which verdict.</param>
/// <param name="Verdicts">Verdict by item id.</param>
/// <param name="RawResult">Blob with the scanner's own result; null where none is kept.</param>
/// <param name="Seconds">Wall time in seconds.</param>
/// <param name="Provenance">Content, profile and scanner with versions.</param>
public sealed record ScanEnded(
    string Purpose,
    ScanCounts Counts,
    IReadOnlyDictionary<string, Evaluation.VerdictKind> Verdicts,
    string? RawResult,
    double Seconds,
    IReadOnlyDictionary<string, string> Provenance) : ForgeEvent;
