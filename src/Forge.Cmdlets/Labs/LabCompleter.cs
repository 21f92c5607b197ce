using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Forge.Cmdlets.Composition;

namespace Forge.Cmdlets.Labs;

/// <summary>Completes names of labs.</summary>
public sealed class LabCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ForgeServices.Current.Labs.List().Where(l => l.Name.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(l => new CompletionResult(l.Name, l.Name, CompletionResultType.ParameterValue, $"{l.Distribution}, {l.Backend}, {l.State}"));
}
