using Forge.Core.Skills;
using Forge.Core.Targets;

namespace Forge.Core.Evaluation;

/// <summary>Port: says what passes. Never the fixer: works through the connection that it is given.</summary>
public interface IEvaluator
{
    /// <summary>Evaluates the given items, without a full scan where that is possible.</summary>
    /// <param name="session">The skill at work on a target.</param>
    /// <param name="itemIds">Short ids; at least one.</param>
    /// <param name="verifier">Connection to evaluate through.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<EvaluationReport> EvaluateAsync(SkillSession session, IReadOnlyList<string> itemIds, ITarget verifier, CancellationToken cancellationToken);

    /// <summary>
    /// Whether an item's check takes long and leaves a processor of the machine idle, for example a search through all file systems: such a check may run beside the other
    /// changes of its batch.
    /// </summary>
    /// <param name="session">The skill at work on a target; its content is known by now.</param>
    /// <param name="itemId">Short id.</param>
    bool TakesLong(SkillSession session, string itemId) => false;
}
