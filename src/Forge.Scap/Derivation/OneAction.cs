using System.Text.Json;
using Forge.Core.Actions.Typed;
using Forge.Core.Errors;

namespace Forge.Scap.Derivation;

/// <summary>Brings what a fix's tasks do down to one action, where they do one thing.</summary>
internal static class OneAction
{
    private static readonly string[] ModeKeys = ["mode", "owner", "group"];

    /// <summary>The one action of several tasks' proposals.</summary>
    /// <param name="found">Proposals and the tasks that gave them, in their order.</param>
    public static DerivedAction Of(IReadOnlyList<(Proposal Action, string Why)> found)
    {
        var actions = found.DistinctBy(f => f.Action.Text).ToList();
        if (actions.Exists(a => !IsMode(a.Action)))
        {
            actions.RemoveAll(a => IsMode(a.Action) && (a.Action.IsCompanion || actions.Exists(o => !IsMode(o.Action) && o.Action["file"] == a.Action["path"])));
        }

        if (actions.Exists(a => !IsNewDomain(a.Action)))
        {
            actions.RemoveAll(a => IsNewDomain(a.Action));
        }

        actions.RemoveAll(a => IsSocketOf(a.Action, actions.Select(o => o.Action)));
        actions = MergeModes(actions);
        return actions.Count switch
        {
            0 => DerivedAction.None("no task sets anything that a typed action says"),
            1 when actions[0].Action.MakesFile => DerivedAction.None("it makes a file"),
            1 => Judge(actions[0].Action, actions[0].Why),
            _ => DerivedAction.None("several actions") with { Several = Several(actions) },
        };
    }

    private static DerivedAction Judge(Proposal action, string why)
    {
        var json = action.ToJson();
        try
        {
            // As it was derived: what is left out here is left out there too.
            ActionCatalog.Default.Parse(json, "content");
            return new DerivedAction(json, why);
        }
        catch (ForgeException e) when (e.Id == "ActionInvalid")
        {
            return DerivedAction.None($"not in the catalogue: {e.Message}");
        }
    }

    private static IReadOnlyList<JsonElement> Several(List<(Proposal Action, string Why)> actions)
    {
        var judged = actions.Select(a => Judge(a.Action, a.Why).Action).ToList();
        return judged.Exists(j => j is null) ? [] : [.. judged.Select(j => j!.Value)];
    }

    private static bool IsMode(Proposal action) => action["action"] == "set-mode";

    // The content masks a service's socket beside it, where there is one.
    private static bool IsSocketOf(Proposal action, IEnumerable<Proposal> all) =>
        action["action"] == "service" && action["name"]!.EndsWith(".socket", StringComparison.Ordinal)
        && all.Any(o => o["action"] == "service" && o["state"] == action["state"] && o["name"] == action["name"]![..^".socket".Length]);

    // sssd does not start without a domain, so the content makes one where there is none.
    private static bool IsNewDomain(Proposal action) =>
        action["file"] == "/etc/sssd/sssd.conf" && ((action["section"] == "sssd" && action["key"] == "domains") || (action["section"] == "domain/default" && action["key"] == "id_provider"));

    private static List<(Proposal Action, string Why)> MergeModes(List<(Proposal Action, string Why)> actions)
    {
        if (actions.Count < 2 || !actions.TrueForAll(a => IsMode(a.Action)) || actions.Select(a => a.Action["path"]).Distinct().Count() > 1)
        {
            return actions;
        }

        string?[] values = [.. ModeKeys.Select(key =>
        {
            var said = actions.Select(a => a.Action[key]).OfType<string>().Distinct().ToList();
            return said.Count switch { 0 => null, 1 => said[0], _ => "" };
        })];
        return values.Contains("") ? actions : [(FileTask.Of(actions[0].Action["path"]!, values[0], values[1], values[2]), actions[0].Why)];
    }
}
