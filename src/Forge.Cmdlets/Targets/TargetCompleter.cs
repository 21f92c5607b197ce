using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Forge.Cmdlets.Composition;

namespace Forge.Cmdlets.Targets;

/// <summary>Completes names of targets and labs.</summary>
public sealed class TargetCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var services = ForgeServices.Current;
        return services.Inventory.Find("*").Select(t => (t.Name, Tip: $"{t.UserName}@{t.HostName ?? t.Name}"))
            .Concat(services.Labs.List().Select(l => (l.Name, Tip: $"lab, {l.Distribution}, {l.Backend}")))
            .Where(c => c.Name.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(c => new CompletionResult(c.Name, c.Name, CompletionResultType.ParameterValue, c.Tip));
    }
}
