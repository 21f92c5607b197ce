using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Forge.Cmdlets.Composition;

namespace Forge.Cmdlets.Skills;

/// <summary>Completes names of skills.</summary>
public sealed class SkillCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ForgeServices.Current.Skills.Names.Where(n => n.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(n => new CompletionResult(n, n, CompletionResultType.ParameterValue, ForgeServices.Current.Skills.Get(n).Title));
}
