using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Forge.Cmdlets.Hosting;
using Forge.Host.Discovery;
using Forge.Host.Help;
using Forge.Host.Tests.Samples;

namespace Forge.Host.Tests;

/// <summary>What the doc comments of commands become: the help of <c>forge</c>, and PowerShell's help file.</summary>
public partial class HelpTests
{
    private static readonly Assembly Commands = typeof(ForgeCmdlet).Assembly;
    private static readonly CommandCatalog Catalog = new([Commands]);
    private static readonly CommandDocs Docs = new([Commands]);
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    public static TheoryData<string> Names => [.. Catalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_command_says_what_it_does_and_has_two_examples(string name)
    {
        Type type = Catalog.Find(name)!.Type;
        Assert.NotEmpty(Docs.SummaryOf(type));
        IReadOnlyList<CommandExample> examples = Docs.ExamplesOf(type);
        Assert.True(examples.Count >= 2, $"{name} has {examples.Count} examples");
        Assert.All(examples, example => Assert.Contains(name, example.Code, StringComparison.Ordinal));
        Assert.All(examples, example => Assert.EndsWith(".", example.Says, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Examples_name_commands_and_parameters_that_there_are(string name)
    {
        List<string> wrong = [];
        foreach (Match call in Docs.ExamplesOf(Catalog.Find(name)!.Type).SelectMany(example => Parts(example.Code)).SelectMany(part => Call().Matches(part)))
        {
            if (Catalog.Find(call.Groups["name"].Value) is not { } command)
            {
                wrong.Add($"there is no {call.Groups["name"].Value}");
                continue;
            }

            wrong.AddRange(
                from parameter in Parameter().Matches(call.Groups["rest"].Value).Select(match => match.Groups[1].Value)
                where !command.Parameters.Concat(command.Common).Any(known => known.IsNamed(parameter))
                select $"{command.Name} has no -{parameter}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_help_file_has_each_command_with_its_parameters()
    {
        XDocument file = HelpFile.Of(Catalog.Names.Select(name => Catalog.Find(name)!), Docs);
        Assert.Equal(Catalog.Names, file.Descendants(Command + "details").Select(details => details.Element(Command + "name")!.Value));
        XElement task = file.Descendants(Command + "command").Single(command => command.Descendants(Command + "name").First().Value == "Invoke-ForgeTask");
        XElement Parameter(string name) => task.Element(Command + "parameters")!.Elements().Single(parameter => parameter.Element(Maml + "name")!.Value == name);
        Assert.Equal(("True (ByPropertyName)", "0", "true"), (Of("Target", "pipelineInput"), Of("Target", "position"), Of("Target", "variableLength")));
        Assert.Equal(("True (ByValue)", "named"), (Of("Finding", "pipelineInput"), Of("Finding", "position")));
        Assert.NotEmpty(Parameter("Finding").Element(Maml + "description")!.Value);
        string Of(string name, string attribute) => Parameter(name).Attribute(attribute)!.Value;
        Assert.Contains("WhatIf", task.Descendants(Command + "syntaxItem").First().Descendants(Maml + "name").Select(element => element.Value));
    }

    [Fact]
    public void A_help_file_that_cannot_be_written_is_said()
    {
        var run = new HostRun();
        Assert.Equal(1, run.Host.Run(["--help-file", "/nowhere/at/all.xml"]));
        Assert.Contains("/nowhere/at/all.xml cannot be written", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_documentation_file_help_is_what_the_attributes_say()
    {
        var docs = new CommandDocs([typeof(PSObject).Assembly]);
        string text = CommandHelp.Of(Catalog.Find("Get-ForgeRun")!, docs);
        Assert.StartsWith("Get-ForgeRun\n\nSyntax:", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("Examples", text, StringComparison.Ordinal);
    }

    // What stands in parentheses is a command line of its own.
    private static List<string> Parts(string code)
    {
        List<string> parts = [];
        while (Inner().Match(code) is { Success: true } inner)
        {
            parts.Add(inner.Groups[1].Value);
            code = code.Remove(inner.Index, inner.Length).Insert(inner.Index, "_");
        }

        return [.. parts, code];
    }

    [GeneratedRegex(@"\(([^()]*)\)")]
    private static partial Regex Inner();

    [GeneratedRegex(@"(?<name>\b[A-Z][a-z]+-Forge[A-Za-z]+)(?<rest>[^|\n]*)")]
    private static partial Regex Call();

    // Not what stands in quotes, and no operator of Where-Object.
    [GeneratedRegex(@"(?<=^[^']*(?:'[^']*'[^']*)*)\s-([A-Za-z]+)")]
    private static partial Regex Parameter();
}
