namespace Forge.Scap.Results;

/// <summary>What a scan says of one rule.</summary>
/// <param name="RuleId">Full id.</param>
/// <param name="Outcome">The result; where a rule has several, those combined by AND as for scoring.</param>
/// <param name="Messages">Messages of the check, in order.</param>
/// <param name="Time">When it was checked; null where the scanner does not say.</param>
public sealed record RuleResult(string RuleId, RuleOutcome Outcome, IReadOnlyList<string> Messages, DateTimeOffset? Time);
