using Forge.Core.Actions;
using Forge.Core.Loop;

namespace Forge.Cmdlets.Tasks;

/// <summary>A planned change in one line: target, item, change, class, undo.</summary>
internal static class PlanText
{
    public static string Of(PlannedAction action) => action.Refusal.Length > 0
        ? $"{action.Target} · {action.Item} · nothing: {action.Refusal}"
        : $"{action.Target} · {action.Item} · {action.Summary} · {NameOf(action.Risk)}: {action.RiskReason} · undo: {action.Undo}";

    private static string NameOf(ActionRisk risk) => risk switch
    {
        ActionRisk.ServiceAffecting => "service-affecting",
        ActionRisk.LockoutCapable => "lockout-capable",
        _ => risk.ToString().ToLowerInvariant(),
    };
}
