using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Forge.Cmdlets.Hosting;
using Forge.Host.Discovery;
using Forge.Host.Output.Views;

namespace Forge.Host.Tests;

public partial class ModuleFolderTests
{
    [Fact]
    public void The_manifest_exports_what_the_assembly_has()
    {
        string manifest = File.ReadAllText(Path.Combine(Paths.Root, "Forge.psd1"));
        string list = manifest[manifest.IndexOf("CmdletsToExport", StringComparison.Ordinal)..manifest.IndexOf("PrivateData", StringComparison.Ordinal)];
        IEnumerable<string> exported = Quoted().Matches(list).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
        Assert.Equal(new CommandCatalog([typeof(ForgeCmdlet).Assembly]).Names.Order(StringComparer.Ordinal), exported);
    }

    [Fact]
    public void The_module_never_contains_PowerShells_own_assembly()
    {
        string module = Environment.GetEnvironmentVariable("FORGE_MODULE") ?? Path.Combine(Paths.Root, "out/module/Forge");
        Assert.SkipUnless(Directory.Exists(module), $"{module} is not built: dotnet build module");
        string[] names = [.. Directory.EnumerateFiles(module, "*.dll", SearchOption.AllDirectories).Select(file => Path.GetFileName(file))];
        Assert.Contains("Forge.Cmdlets.dll", names);
        Assert.DoesNotContain("System.Management.Automation.dll", names);
    }

    [Fact]
    public void Each_view_shows_properties_that_its_type_has()
    {
        string path = Path.Combine(Paths.Root, "module/Forge.Format.ps1xml");
        FormatCatalog.Load(path);
        Assembly[] assemblies = [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "Forge.*.dll").Select(Assembly.LoadFrom)];
        List<string> wrong = [.. from view in XDocument.Load(path).Descendants("View")
                                 from typeName in view.Element("ViewSelectedBy")!.Elements("TypeName")
                                 let type = assemblies.Select(assembly => assembly.GetType(typeName.Value)).FirstOrDefault(type => type is not null)
                                 from property in view.Descendants().Where(element => element.Name.LocalName is "PropertyName" or "ScriptBlock").Select(name => name.Value.Replace("$_.", "", StringComparison.Ordinal)).DefaultIfEmpty("")
                                 where !HasPath(type, property)
                                 select $"{typeName.Value}.{property}"];
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_command_says_what_it_writes_and_what_each_parameter_is_for()
    {
        var catalog = new CommandCatalog([typeof(ForgeCmdlet).Assembly]);
        List<string> silent = [.. from name in catalog.Names
                                  let command = catalog.Find(name)!
                                  from gap in command.Parameters.Where(parameter => parameter.HelpMessage.Length == 0).Select(parameter => $"{name} -{parameter.Name}: no HelpMessage")
                                      .Concat(command.OutputTypes.Count == 0 ? [$"{name}: no OutputType"] : [])
                                      .Concat(command.Type.IsAssignableTo(typeof(ForgeCmdlet)) ? [] : [$"{name}: no ForgeCmdlet"])
                                      .Concat(ChangesSomething(command) && !command.Attribute.SupportsShouldProcess ? [$"{name}: no SupportsShouldProcess"] : [])
                                  select gap];
        Assert.Empty(silent);
    }

    private static bool HasPath(Type? type, string path)
        => path.Split('.').Aggregate(type, (at, name) => (at is null ? null : Nullable.GetUnderlyingType(at) ?? at)?.GetProperty(name)?.PropertyType) is not null;

    private static bool ChangesSomething(CommandDescription command)
        => command.Attribute.VerbName is VerbsCommon.New or VerbsCommon.Remove or VerbsCommon.Set or VerbsCommon.Clear or VerbsLifecycle.Start or VerbsLifecycle.Stop
            or VerbsLifecycle.Invoke or VerbsData.Restore or VerbsData.Checkpoint or VerbsLifecycle.Resume or VerbsLifecycle.Install or VerbsLifecycle.Register
            or VerbsDiagnostic.Repair;

    [GeneratedRegex("'([A-Z][a-z]+-Forge[A-Za-z]+)'")]
    private static partial Regex Quoted();
}
