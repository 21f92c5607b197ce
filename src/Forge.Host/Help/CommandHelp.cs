using System.Globalization;
using System.Management.Automation;
using System.Text;
using Forge.Host.Binding;
using Forge.Host.Discovery;

namespace Forge.Host.Help;

/// <summary>Writes the help of a command from its attributes and doc comments.</summary>
internal static class CommandHelp
{
    /// <summary>The help of a command.</summary>
    internal static string Of(CommandDescription command, CommandDocs docs)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{command.Name}");
        if (docs.SummaryOf(command.Type) is { Length: > 0 } summary)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {summary}");
        }

        text.AppendLine().AppendLine("Syntax:");
        foreach (string set in command.Sets)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {Syntax(command, set)}");
        }

        text.AppendLine().AppendLine("Parameters:");
        foreach (ParameterDescription parameter in command.Parameters.Where(IsShown))
        {
            Describe(text, parameter);
        }

        text.AppendLine().AppendLine("Common parameters:");
        foreach (ParameterDescription parameter in command.Common)
        {
            Describe(text, parameter);
        }

        if (command.OutputTypes.Count > 0)
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Output: {string.Join(", ", command.OutputTypes.Select(type => type.Name))}");
        }

        Examples(text, docs.ExamplesOf(command.Type));
        return text.ToString().TrimEnd();
    }

    private static void Examples(StringBuilder text, IReadOnlyList<CommandExample> examples)
    {
        if (examples.Count > 0)
        {
            text.AppendLine().AppendLine("Examples (in PowerShell):");
        }

        foreach (CommandExample example in examples)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {example.Code.Replace("\n", "\n  ", StringComparison.Ordinal)}");
            text.AppendLine(CultureInfo.InvariantCulture, $"      {example.Says}");
        }
    }

    /// <summary>One way of calling a command, as Get-Command -Syntax writes it.</summary>
    internal static string Syntax(CommandDescription command, string set)
    {
        IEnumerable<string> parts =
            from parameter in command.Parameters
            let place = parameter.In(set)
            where place is not null && IsShown(parameter)
            orderby place.Position == int.MinValue ? int.MaxValue : place.Position, !place.Mandatory
            select Part(parameter, place);
        return $"{command.Name} {string.Join(" ", parts)}".TrimEnd();
    }

    private static string Part(ParameterDescription parameter, ParameterAttribute place)
    {
        string name = place.Position == int.MinValue ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        string part = parameter.IsSwitch ? $"-{parameter.Name}" : $"{name} <{TypeNames.Of(parameter.Type)}>";
        return place.Mandatory ? part : $"[{part}]";
    }

    private static void Describe(StringBuilder text, ParameterDescription parameter)
    {
        List<string> notes = [];
        if (parameter.Sets.Values.Any(set => set.Mandatory))
        {
            notes.Add("required");
        }

        if (parameter.Sets.Values.Any(set => set.ValueFromPipeline || set.ValueFromPipelineByPropertyName))
        {
            notes.Add("from the pipeline");
        }

        if (parameter.Aliases.Count > 0)
        {
            notes.Add($"also -{string.Join(", -", parameter.Aliases)}");
        }

        string type = parameter.IsSwitch ? "" : $" <{TypeNames.Of(parameter.Type)}>";
        text.AppendLine(CultureInfo.InvariantCulture, $"  -{parameter.Name}{type}{(notes.Count > 0 ? $"  ({string.Join("; ", notes)})" : "")}");
        if (parameter.HelpMessage.Length > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"      {parameter.HelpMessage}");
        }
    }

    private static bool IsShown(ParameterDescription parameter) => !parameter.Sets.Values.Any(set => set.DontShow);
}
