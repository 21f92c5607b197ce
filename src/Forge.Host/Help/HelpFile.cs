using System.Management.Automation;
using System.Xml.Linq;
using Forge.Host.Binding;
using Forge.Host.Discovery;

namespace Forge.Host.Help;

/// <summary>PowerShell's help file of the commands (MAML, what Get-Help reads), from their attributes and doc comments.</summary>
internal static class HelpFile
{
    private static readonly XNamespace Items = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The document.</summary>
    internal static XDocument Of(IEnumerable<CommandDescription> commands, CommandDocs docs) => new(
        new XElement(
            Items + "helpItems",
            new XAttribute("schema", "maml"),
            commands.Select(command => OfOne(command, docs.SummaryOf(command.Type), docs.ExamplesOf(command.Type)))));

    private static XElement OfOne(CommandDescription command, string summary, IReadOnlyList<CommandExample> examples) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", command.Name),
            new XElement(Command + "verb", command.Attribute.VerbName),
            new XElement(Command + "noun", command.Attribute.NounName),
            new XElement(Maml + "description", Paragraph(summary))),
        new XElement(Maml + "description", Paragraph(summary)),
        new XElement(Command + "syntax", command.Sets.Select(set => Syntax(command, set))),
        new XElement(Command + "parameters", Shown(command).Select(parameter => Parameter(parameter, parameter.Sets.Values.First(), isWhole: true))),
        new XElement(Command + "inputTypes", Inputs(command)),
        new XElement(
            Command + "returnValues",
            command.OutputTypes.Select(type => new XElement(Command + "returnValue", new XElement(Dev + "type", new XElement(Maml + "name", type.Name))))),
        new XElement(Command + "examples", examples.Select((example, at) => Example(example, at + 1))));

    // Get-Help adds the common parameters by itself, and not those of commands that change something.
    private static IEnumerable<ParameterDescription> Shown(CommandDescription command) =>
        command.Parameters.Where(parameter => !parameter.Sets.Values.Any(set => set.DontShow))
            .Concat(command.Attribute.SupportsShouldProcess ? ParameterDescription.Of(typeof(ChangeParameters)) : []);

    private static XElement Syntax(CommandDescription command, string set) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", command.Name),
        from parameter in Shown(command)
        let place = parameter.In(set)
        where place is not null
        orderby place.Position == int.MinValue ? int.MaxValue : place.Position, !place.Mandatory
        select Parameter(parameter, place, isWhole: false));

    private static XElement Parameter(ParameterDescription parameter, ParameterAttribute place, bool isWhole) => new(
        Command + "parameter",
        new XAttribute("required", place.Mandatory),
        new XAttribute("variableLength", parameter.Type.IsArray),
        new XAttribute("globbing", false),
        new XAttribute("pipelineInput", PipelineInput(parameter)),
        new XAttribute("position", place.Position == int.MinValue ? "named" : $"{place.Position}"),
        new XAttribute("aliases", parameter.Aliases.Count > 0 ? string.Join(", ", parameter.Aliases) : "none"),
        new XElement(Maml + "name", parameter.Name),
        new XElement(Maml + "description", Paragraph(parameter.HelpMessage)),
        parameter.IsSwitch && !isWhole
            ? null
            : new XElement(
                Command + "parameterValue", new XAttribute("required", !parameter.IsSwitch), new XAttribute("variableLength", parameter.Type.IsArray), TypeNames.Of(parameter.Type)),
        new XElement(Dev + "type", new XElement(Maml + "name", TypeNames.Of(parameter.Type))));

    private static string PipelineInput(ParameterDescription parameter) => string.Join(", ", new[]
    {
        parameter.Sets.Values.Any(set => set.ValueFromPipeline) ? "ByValue" : null,
        parameter.Sets.Values.Any(set => set.ValueFromPipelineByPropertyName) ? "ByPropertyName" : null,
    }.OfType<string>()) is { Length: > 0 } how ? $"True ({how})" : "False";

    private static IEnumerable<XElement> Inputs(CommandDescription command) =>
        from parameter in Shown(command)
        where parameter.Sets.Values.Any(set => set.ValueFromPipeline)
        select new XElement(Command + "inputType", new XElement(Dev + "type", new XElement(Maml + "name", TypeNames.Of(parameter.Type))), new XElement(Maml + "description", Paragraph(parameter.HelpMessage)));

    private static XElement Example(CommandExample example, int number) => new(
        Command + "example",
        new XElement(Maml + "title", $"-------------------------- Example {number} --------------------------"),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", Paragraph(example.Says), Paragraph("")));

    private static XElement Paragraph(string text) => new(Maml + "para", text);
}
