using Forge.Core.Findings;

namespace Forge.Core.Actions.Typed;

/// <summary>
/// Decides whether a proposed action belongs to the item it was proposed for. First what no item asks for (the way in, Forge's own state, programs in disguise),
/// then whether each thing that it touches is the item's own by its resources and its texts. Pure; knows no rule by its id.
/// </summary>
public static class ProposalGuard
{
    /// <summary>Decides.</summary>
    /// <param name="action">The proposal.</param>
    /// <param name="finding">The item.</param>
    /// <param name="options">What else it is judged by.</param>
    public static ProposalVerdict Check(TypedAction action, Finding finding, GuardOptions options)
    {
        var reason = action.FindInvalid() is { } fault ? $"{fault.Key} {fault.Reason}" : ForbiddenActions.Find(action, options) ?? (options.BoundToItem ? new ItemScope(finding, options).FindForeign(action) : FindUnasked(action, finding));
        return reason is null ? new ProposalVerdict(true, "") : new ProposalVerdict(false, reason);
    }

    /// <summary>What takes something away that the item does not name: nobody asked for that, and a probe for everything that runs is not to be expected.</summary>
    private static string? FindUnasked(TypedAction action, Finding finding)
    {
        var name = action switch
        {
            PackageAction { State: "absent" } a => a.Name,
            ServiceAction { State: "disabled" or "masked" } a => ForbiddenActions.Bare(a.Name),
            _ => null,
        };
        var text = $"{finding.Title}\n{finding.Description}";
        return name is null || text.Contains(name, StringComparison.OrdinalIgnoreCase) ? null : $"nobody asked to take {name} away";
    }
}
