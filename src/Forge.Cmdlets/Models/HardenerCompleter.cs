using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Forge.Cmdlets.Composition;

namespace Forge.Cmdlets.Models;

/// <summary>Completes names of hardening models.</summary>
public sealed class HardenerCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ForgeServices.Current.Hardeners.List(out _).Where(m => m.Name.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(m => new CompletionResult(m.Name, m.Name, CompletionResultType.ParameterValue, $"hardening model, version {m.Version}"));
}
