using System.Security.Cryptography;
using Forge.Core.Actions;
using Forge.Core.Policy;

namespace Forge.Core.Loop;

/// <summary>A proposed change with its class, its digest and what policy says of it: the same for a plan and for a run.</summary>
/// <param name="action">The change.</param>
/// <param name="approvals">Digests that the user approved.</param>
/// <param name="outside">Kind of the outside checkpoint; null where the target has none.</param>
internal sealed class ClassedAction(ForgeAction action, IReadOnlySet<string> approvals, string? outside)
{
    /// <summary>Its class.</summary>
    public RiskAssessment Risk { get; } = RiskClassifier.Assess(action);

    /// <summary>SHA-256 of its exact bytes, lower-case hexadecimal.</summary>
    public string Digest { get; } = DigestOf(action);

    /// <summary>What policy says.</summary>
    public GateDecision Gate => field ??= ActionGate.Decide(Risk, Digest, approvals, outside is not null);

    /// <summary>SHA-256 of an action's exact bytes, lower-case hexadecimal.</summary>
    public static string DigestOf(ForgeAction action) => Convert.ToHexStringLower(SHA256.HashData(action.ToBytes()));

    /// <summary>The change as it is shown.</summary>
    public PlannedAction PlanFor(string target, string item) => new()
    {
        Target = target,
        Item = item,
        Summary = action.Summary,
        Risk = Risk.Risk,
        RiskReason = Risk.Reason,
        Undo = Gate.NeedsDeadMan ? "host journal, dead-man revert" : outside is null ? "host journal" : $"host journal, {outside}",
        Arm = action.Arm,
        Script = action.ToScript(),
        Digest = Digest,
        Refusal = Gate.Refusal,
    };
}
