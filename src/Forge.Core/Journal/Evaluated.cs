using Forge.Core.Evaluation;

namespace Forge.Core.Journal;

/// <summary>An item was verified from outside, with those that its change could have turned red.</summary>
/// <param name="Verdict">The exact verdict.</param>
/// <param name="Detail">Messages of the check.</param>
/// <param name="Method">How it was evaluated.</param>
/// <param name="Guards">Verdicts of other items that share resources, by id.</param>
/// <param name="RawResult">Blob with the raw result; null where none is kept.</param>
/// <param name="Seconds">Time of the scanner, seconds.</param>
public sealed record Evaluated(
    VerdictKind Verdict,
    string Detail,
    string Method,
    IReadOnlyDictionary<string, VerdictKind> Guards,
    string? RawResult,
    double Seconds) : ForgeEvent;
