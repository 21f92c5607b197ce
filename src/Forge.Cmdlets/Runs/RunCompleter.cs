using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Forge.Cmdlets.Composition;

namespace Forge.Cmdlets.Runs;

/// <summary>Completes run ids, newest first.</summary>
public sealed class RunCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ForgeServices.Current.Runs.ListAsync(50, CancellationToken.None).GetAwaiter().GetResult()
            .Where(r => r.Id.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(r => new CompletionResult(r.Id, r.Id, CompletionResultType.ParameterValue, $"{r.Status}, {string.Join(", ", r.Targets)}"));
}
