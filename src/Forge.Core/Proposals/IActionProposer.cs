using Forge.Core.Models;

namespace Forge.Core.Proposals;

/// <summary>Port: turns the text of a rule into one typed action.</summary>
public interface IActionProposer
{
    /// <summary>Arm under which its results are counted: <c>extractor</c>, <c>small-model</c>.</summary>
    string Arm { get; }

    /// <summary>What all its requests cost so far; nothing where it is no model.</summary>
    ModelUsage Spent => ModelUsage.None;

    /// <summary>Its proposal; null where the text names no action that it knows.</summary>
    /// <exception cref="Errors.ForgeException">It cannot be asked: id and kind say why.</exception>
    Task<ActionProposal?> ProposeAsync(RuleText text, CancellationToken cancellationToken);
}
