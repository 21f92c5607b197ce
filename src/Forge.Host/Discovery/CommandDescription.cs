using System.Management.Automation;
using System.Reflection;

namespace Forge.Host.Discovery;

/// <summary>What the attributes of a command say about it.</summary>
internal sealed class CommandDescription
{
    internal CommandDescription(Type type)
    {
        Type = type;
        Attribute = type.GetCustomAttribute<CmdletAttribute>() ?? throw new ArgumentException($"{type} is no cmdlet.", nameof(type));
        Name = $"{Attribute.VerbName}-{Attribute.NounName}";
        Parameters = ParameterDescription.Of(type);
        Common = [.. ParameterDescription.Of(typeof(CommonParameters)), .. Attribute.SupportsShouldProcess ? ParameterDescription.Of(typeof(ChangeParameters)) : []];
        Sets = SetNames();
        OutputTypes = [.. type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(output => output.Type)];
    }

    /// <summary>The class.</summary>
    internal Type Type { get; }

    /// <summary>Its attribute.</summary>
    internal CmdletAttribute Attribute { get; }

    /// <summary>Verb-Noun.</summary>
    internal string Name { get; }

    /// <summary>Its own parameters.</summary>
    internal IReadOnlyList<ParameterDescription> Parameters { get; }

    /// <summary>The parameters that every command has, and those of commands that change something.</summary>
    internal IReadOnlyList<ParameterDescription> Common { get; }

    /// <summary>The names of its parameter sets; one that stands for all where it has none.</summary>
    internal IReadOnlyList<string> Sets { get; }

    /// <summary>What it writes.</summary>
    internal IReadOnlyList<PSTypeName> OutputTypes { get; }

    /// <summary>Whether objects of a pipeline can be bound to it.</summary>
    internal bool TakesPipeline => Parameters.Any(parameter => parameter.Sets.Values.Any(set => set.ValueFromPipeline || set.ValueFromPipelineByPropertyName));

    private List<string> SetNames()
    {
        List<string> names = [.. Parameters.SelectMany(parameter => parameter.Sets.Keys)
            .Append(Attribute.DefaultParameterSetName ?? ParameterAttribute.AllParameterSets)
            .Where(name => name != ParameterAttribute.AllParameterSets)
            .Distinct(StringComparer.OrdinalIgnoreCase)];
        return names.Count > 0 ? names : [ParameterAttribute.AllParameterSets];
    }
}
