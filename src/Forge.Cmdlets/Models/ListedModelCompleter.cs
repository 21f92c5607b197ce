using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Forge.Cmdlets.Models;

/// <summary>Completes names of models of every kind.</summary>
public sealed class ListedModelCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        new ModelCompleter().CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters)
            .Concat(new HardenerCompleter().CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters));
}
