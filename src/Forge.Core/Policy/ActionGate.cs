using Forge.Core.Actions;

namespace Forge.Core.Policy;

/// <summary>Decides whether an action of a class may run. Pure.</summary>
public static class ActionGate
{
    /// <summary>Decides.</summary>
    /// <param name="risk">Class of the action.</param>
    /// <param name="digest">SHA-256 of its exact bytes.</param>
    /// <param name="approvals">Digests that the user approved.</param>
    /// <param name="hasOutsideCheckpoint">Whether the target can be taken back from outside.</param>
    public static GateDecision Decide(RiskAssessment risk, string digest, IReadOnlySet<string> approvals, bool hasOutsideCheckpoint) => risk.Risk switch
    {
        ActionRisk.Irreversible when !approvals.Contains(digest) =>
            new GateDecision(false, false, $"irreversible, {risk.Reason}: approve these exact bytes with -Approval {digest}"),
        ActionRisk.LockoutCapable or ActionRisk.Irreversible => new GateDecision(true, !hasOutsideCheckpoint, ""),
        _ => new GateDecision(true, false, ""),
    };
}
