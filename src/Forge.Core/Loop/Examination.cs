using Forge.Core.Probing;

namespace Forge.Core.Loop;

/// <summary>What was seen from outside after one or more changes.</summary>
/// <param name="Health">The machine as a whole, through a new login.</param>
/// <param name="Results">Verdict of each changed item, by id; null where the check could not be evaluated.</param>
/// <param name="EvaluatorFault">Why it could not; empty where it could.</param>
public sealed record Examination(HealthReport Health, IReadOnlyDictionary<string, VerificationResult>? Results, string EvaluatorFault)
{
    /// <summary>What is wrong beyond single items; null where the items can be judged one by one.</summary>
    public AttemptOutcome? Fault => !Health.Healthy
        ? new AttemptOutcome(
            ItemState.Escalated, Health.Fingerprint == "disk-full" ? FailureMode.DiskFull : FailureMode.HealthFailure, string.Join("; ", Health.Faults), Health.Fingerprint)
        : Results is null
            ? new AttemptOutcome(ItemState.Escalated, FailureMode.EvaluatorError, $"the check could not be evaluated: {EvaluatorFault}", "evaluator")
            : null;
}
