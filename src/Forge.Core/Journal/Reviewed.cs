using Forge.Core.Evaluation;

namespace Forge.Core.Journal;

/// <summary>Items that fail or did not apply were looked at again within a round, without a whole scan.</summary>
/// <param name="Verdicts">What they are now, by id.</param>
/// <param name="Method">How they were evaluated.</param>
/// <param name="RawResult">Blob with the raw result; null where none is kept.</param>
/// <param name="Seconds">Time of the scanner, seconds.</param>
public sealed record Reviewed(IReadOnlyDictionary<string, VerdictKind> Verdicts, string Method, string? RawResult, double Seconds) : ForgeEvent;
