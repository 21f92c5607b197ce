using Forge.Cmdlets.Composition;
using Forge.Core.Errors;
using Forge.Core.Targets;

namespace Forge.Cmdlets.Targets;

/// <summary>Turns names, wildcards and tags into machines: from the inventory, the user's ssh configuration and the labs.</summary>
internal static class TargetSelection
{
    /// <summary>Finds the machines that names mean.</summary>
    /// <exception cref="ForgeException">Id <c>TargetNotFound</c>.</exception>
    public static IReadOnlyList<TargetDescription> Find(ForgeServices services, IEnumerable<string> names)
    {
        var found = new List<TargetDescription>();
        foreach (var name in names)
        {
            IReadOnlyList<TargetDescription> matches = services.Inventory.Find(name);
            if (matches.Count == 0 && services.Labs.Exists(name))
            {
                matches = [services.Labs.Get(name).ToTarget()];
            }

            if (matches.Count == 0)
            {
                throw new ForgeException(
                    "TargetNotFound",
                    ForgeErrorKind.NotFound,
                    $"There is no target, lab or ssh alias '{name}'.",
                    $"New-ForgeTarget {name} -HostName ... adds it; Get-ForgeTarget and Get-ForgeLab list what there is.",
                    name);
            }

            found.AddRange(matches.Where(m => found.All(f => f.Name != m.Name)));
        }

        foreach (var target in found)
        {
            services.RegisterSecrets(target);
        }

        return found;
    }
}
