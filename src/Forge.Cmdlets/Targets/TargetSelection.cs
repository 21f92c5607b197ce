using Forge.Cmdlets.Composition;
using Forge.Core.Targets;

namespace Forge.Cmdlets.Targets;

/// <summary>Turns names, wildcards and tags into machines: from the inventory, the user's ssh configuration and the labs.</summary>
internal static class TargetSelection
{
    /// <summary>Finds the machines that names mean; a lab goes before an entry of the same name.</summary>
    /// <exception cref="Core.Errors.ForgeException">Id <c>TargetNotFound</c>.</exception>
    public static IReadOnlyList<TargetDescription> Find(ForgeServices services, IEnumerable<string> names)
    {
        var found = new List<TargetDescription>();
        foreach (var name in names)
        {
            IReadOnlyList<TargetDescription> matches = services.Labs.Exists(name) ? [services.Labs.Get(name).ToTarget()] : services.Inventory.Find(name);
            found.AddRange(matches.Where(m => found.All(f => f.Name != m.Name)));
        }

        foreach (var target in found)
        {
            services.RegisterSecrets(target);
        }

        return found;
    }
}
