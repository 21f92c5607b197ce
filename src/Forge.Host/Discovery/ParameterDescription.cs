using System.Management.Automation;
using System.Reflection;

namespace Forge.Host.Discovery;

/// <summary>What the attributes of a parameter say about it.</summary>
internal sealed class ParameterDescription
{
    private readonly bool _allowsNull;
    private readonly bool _allowsEmptyText;
    private readonly bool _allowsEmptyCollection;

    private ParameterDescription(PropertyInfo property)
    {
        Property = property;
        Attribute[] attributes = [.. property.GetCustomAttributes()];
        Sets = attributes.OfType<ParameterAttribute>().ToDictionary(set => set.ParameterSetName, StringComparer.OrdinalIgnoreCase);
        Aliases = [.. attributes.OfType<AliasAttribute>().SelectMany(alias => alias.AliasNames)];
        Validations = [.. attributes.OfType<ValidateArgumentsAttribute>()];
        Transformations = [.. attributes.OfType<ArgumentTransformationAttribute>()];
        Completer = attributes.OfType<ArgumentCompleterAttribute>().FirstOrDefault()?.Type;
        _allowsNull = attributes.OfType<AllowNullAttribute>().Any();
        _allowsEmptyText = attributes.OfType<AllowEmptyStringAttribute>().Any();
        _allowsEmptyCollection = attributes.OfType<AllowEmptyCollectionAttribute>().Any();
    }

    /// <summary>The property that takes the value.</summary>
    internal PropertyInfo Property { get; }

    /// <summary>Its name without the dash.</summary>
    internal string Name => Property.Name;

    /// <summary>Its type.</summary>
    internal Type Type => Property.PropertyType;

    /// <summary>Other names.</summary>
    internal IReadOnlyList<string> Aliases { get; }

    /// <summary>Its place in each parameter set.</summary>
    internal IReadOnlyDictionary<string, ParameterAttribute> Sets { get; }

    /// <summary>Checks after conversion.</summary>
    internal IReadOnlyList<ValidateArgumentsAttribute> Validations { get; }

    /// <summary>Changes before conversion.</summary>
    internal IReadOnlyList<ArgumentTransformationAttribute> Transformations { get; }

    /// <summary>The class that completes it, or null.</summary>
    internal Type? Completer { get; }

    /// <summary>Whether naming it is enough.</summary>
    internal bool IsSwitch => Type == typeof(SwitchParameter);

    /// <summary>Whether it belongs to all parameter sets.</summary>
    internal bool IsInAllSets => Sets.ContainsKey(ParameterAttribute.AllParameterSets);

    /// <summary>What to enter, as its author says it.</summary>
    internal string HelpMessage => Sets.Values.Select(set => set.HelpMessage).FirstOrDefault(help => !string.IsNullOrEmpty(help)) ?? "";

    /// <summary>The parameters of a class, in the order of their declaration, those of base classes last.</summary>
    internal static IReadOnlyList<ParameterDescription> Of(Type type)
        => [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.IsDefined(typeof(ParameterAttribute)))
            .Select(property => new ParameterDescription(property))];

    /// <summary>Its place in one parameter set.</summary>
    /// <returns>The attribute, or null if it is not in the set.</returns>
    internal ParameterAttribute? In(string set)
        => Sets.TryGetValue(set, out ParameterAttribute? own) ? own : Sets.GetValueOrDefault(ParameterAttribute.AllParameterSets);

    /// <summary>Whether it has a name or another name.</summary>
    internal bool IsNamed(string name)
        => Name.Equals(name, StringComparison.OrdinalIgnoreCase) || Aliases.Any(alias => alias.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a mandatory parameter may hold this value.</summary>
    internal bool MayHold(object? value) => value switch
    {
        null => _allowsNull,
        string { Length: 0 } => _allowsEmptyText,
        System.Collections.ICollection { Count: 0 } => _allowsEmptyCollection,
        string[] texts => _allowsEmptyText || texts.All(text => text.Length > 0),
        _ => true,
    };
}
