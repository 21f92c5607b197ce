using System.Management.Automation;
using Forge.Host.Discovery;

namespace Forge.Host.Binding;

/// <summary>The parameter sets that are still possible.</summary>
internal sealed class ParameterSets
{
    private readonly CommandDescription _command;

    private ParameterSets(CommandDescription command, IReadOnlyList<string> names)
    {
        _command = command;
        Names = names;
    }

    /// <summary>Their names; never empty.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>All sets of a command.</summary>
    internal static ParameterSets All(CommandDescription command) => new(command, command.Sets);

    /// <summary>Keeps the sets that have a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="bound">All bound parameters, for the error message.</param>
    internal ParameterSets With(ParameterDescription parameter, IEnumerable<ParameterDescription> bound)
    {
        if (parameter.IsInAllSets)
        {
            return this;
        }

        List<string> left = [.. Names.Where(parameter.Sets.ContainsKey)];
        return left.Count > 0 ? new ParameterSets(_command, left) : throw BindingErrors.NotTogether(_command, bound);
    }

    /// <summary>Whether a parameter is in one of the sets.</summary>
    internal bool Has(ParameterDescription parameter, Func<ParameterAttribute, bool> condition)
        => Names.Any(set => parameter.In(set) is { } place && condition(place));

    /// <summary>Chooses the one set that is meant.</summary>
    /// <param name="bound">The bound parameters.</param>
    /// <param name="pipelineMayBind">Whether input objects may still bind what is missing.</param>
    /// <exception cref="Forge.Core.Errors.ForgeException">A mandatory parameter is missing, or several sets are meant.</exception>
    internal string Choose(ICollection<ParameterDescription> bound, bool pipelineMayBind)
    {
        string? preferred = Names.FirstOrDefault(set => set.Equals(_command.Attribute.DefaultParameterSetName, StringComparison.OrdinalIgnoreCase));
        List<string> complete = [.. Names.Where(set => Missing(set, bound, pipelineMayBind).Count == 0)];
        if (complete.Count == 1)
        {
            return complete[0];
        }

        if (complete.Count > 1)
        {
            return preferred is not null && complete.Contains(preferred) ? preferred : throw BindingErrors.Unclear(_command, complete);
        }

        if (preferred is null && Names.Count > 1)
        {
            throw BindingErrors.Unclear(_command, Names);
        }

        throw BindingErrors.Missing(_command, Missing(preferred ?? Names[0], bound, pipelineMayBind));
    }

    private List<ParameterDescription> Missing(string set, ICollection<ParameterDescription> bound, bool pipelineMayBind)
        => [.. _command.Parameters.Where(parameter => !bound.Contains(parameter)
            && parameter.In(set) is { Mandatory: true } place
            && !(pipelineMayBind && (place.ValueFromPipeline || place.ValueFromPipelineByPropertyName)))];
}
