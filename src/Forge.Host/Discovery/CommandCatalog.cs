using System.Management.Automation;
using System.Reflection;

namespace Forge.Host.Discovery;

/// <summary>The commands of some assemblies, by name.</summary>
/// <param name="assemblies">Where to look for classes with a <see cref="CmdletAttribute"/>.</param>
internal sealed class CommandCatalog(IEnumerable<Assembly> assemblies)
{
    private readonly Lazy<SortedDictionary<string, Type>> _commands = new(() => Discover(assemblies));

    /// <summary>All names, sorted.</summary>
    internal IEnumerable<string> Names => _commands.Value.Keys;

    /// <summary>Finds a command.</summary>
    /// <param name="name">Verb-Noun, in any case.</param>
    /// <returns>The command, or null.</returns>
    internal CommandDescription? Find(string name)
        => _commands.Value.TryGetValue(name, out Type? type) ? new CommandDescription(type) : null;

    /// <summary>The names most like a name that does not exist.</summary>
    internal IReadOnlyList<string> Nearest(string name) => NameDistance.Nearest(name, Names);

    private static SortedDictionary<string, Type> Discover(IEnumerable<Assembly> assemblies)
    {
        var commands = new SortedDictionary<string, Type>(StringComparer.OrdinalIgnoreCase);
        foreach (Type type in assemblies.SelectMany(assembly => assembly.GetTypes()))
        {
            if (!type.IsAbstract && typeof(Cmdlet).IsAssignableFrom(type) && type.GetCustomAttribute<CmdletAttribute>() is { } name)
            {
                commands.Add($"{name.VerbName}-{name.NounName}", type);
            }
        }

        return commands;
    }
}
