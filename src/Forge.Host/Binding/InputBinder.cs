using System.Management.Automation;
using System.Text.Json;
using Forge.Core.Errors;
using Forge.Host.Discovery;
using Forge.Host.Output;

namespace Forge.Host.Binding;

/// <summary>
/// Binds one object of standard input to what the command line left unbound: by value where the object is one of the parameter's type, else by
/// property name. PowerShell's order (about_Parameter_Binding), with JSON in the place of objects.
/// </summary>
/// <param name="bound">The command with its command line.</param>
internal sealed class InputBinder(BoundCommand bound)
{
    /// <summary>Binds an object.</summary>
    /// <param name="element">The object.</param>
    /// <param name="line">Its line, for messages.</param>
    /// <param name="parameterSet">The parameter set that is meant.</param>
    /// <returns>The values from the object.</returns>
    /// <exception cref="ForgeException">It fits no parameter, or a mandatory one is missing.</exception>
    internal Dictionary<ParameterDescription, object?> Bind(JsonElement element, int line, out string parameterSet)
    {
        var values = new Dictionary<ParameterDescription, object?>();
        ParameterSets sets = bound.Sets;
        foreach (ParameterDescription parameter in Open(values, sets, place => place.ValueFromPipeline))
        {
            if (sets.Has(parameter, place => place.ValueFromPipeline) && TryByValue(parameter, element, out object? value))
            {
                values[parameter] = value;
                sets = sets.With(parameter, values.Keys);
            }
        }

        foreach (ParameterDescription parameter in Open(values, sets, place => place.ValueFromPipelineByPropertyName))
        {
            if (sets.Has(parameter, place => place.ValueFromPipelineByPropertyName) && PropertyFor(parameter, element) is { } property)
            {
                values[parameter] = ArgumentConversion.FromJson(parameter, property);
                sets = sets.With(parameter, values.Keys);
            }
        }

        if (values.Count == 0)
        {
            throw BindingErrors.Unbound(bound.Command, line);
        }

        parameterSet = sets.Choose([.. bound.Values.Keys, .. values.Keys], pipelineMayBind: false);
        return values;
    }

    private List<ParameterDescription> Open(Dictionary<ParameterDescription, object?> values, ParameterSets sets, Func<ParameterAttribute, bool> condition)
    {
        string? preferred = bound.Command.Attribute.DefaultParameterSetName;
        return [.. bound.Command.Parameters
            .Where(parameter => !bound.Values.ContainsKey(parameter) && !values.ContainsKey(parameter) && sets.Has(parameter, condition))
            .OrderByDescending(parameter => preferred is not null && parameter.Sets.ContainsKey(preferred))];
    }

    private static bool TryByValue(ParameterDescription parameter, JsonElement element, out object? value)
    {
        value = null;
        Type plain = CollectionShape.ElementOf(parameter.Type) ?? parameter.Type;
        bool scalar = element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
        bool any = plain == typeof(object) || plain == typeof(PSObject);
        if (!scalar && !any && (plain == typeof(string) || plain.IsPrimitive || plain.IsEnum || !JsonForm.Fits(element, plain)))
        {
            return false;
        }

        try
        {
            value = ArgumentConversion.FromJson(parameter, element);
            return true;
        }
        catch (ForgeException exception) when (exception.Id == "CannotConvertArgument" && !scalar)
        {
            return false;
        }
    }

    private static JsonElement? PropertyFor(ParameterDescription parameter, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (string name in parameter.Aliases.Prepend(parameter.Name))
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind != JsonValueKind.Null)
                {
                    return property.Value;
                }
            }
        }

        return null;
    }
}
