using Forge.Core.Evaluation;
using Forge.Core.Fixes;
using Forge.Core.Skills;

namespace Forge.Core.Commands;

/// <summary>
/// Engine <c>command</c>: commands of the user's own say what holds. Its parameters are <c>wanted</c> (the goal in plain words), <c>verify</c> and <c>probe</c> (JSON arrays of
/// shell commands) and <c>as</c> (<c>user</c> or <c>root</c>). The goal is one item; each probe is watched with every change and is never worked on. It has no
/// fixes of its own.
/// </summary>
public sealed class CommandEngine : ISkillEngine
{
    /// <summary>Makes the engine.</summary>
    /// <param name="clock">Clock for findings; null for the system's.</param>
    public CommandEngine(TimeProvider? clock = null)
    {
        var runner = new CommandRunner();
        Scanner = new CommandScanner(runner, clock ?? TimeProvider.System);
        Evaluator = new CommandEvaluator(runner);
    }

    /// <inheritdoc/>
    public string Name => "command";

    /// <inheritdoc/>
    public IScanner Scanner { get; }

    /// <inheritdoc/>
    public IEvaluator Evaluator { get; }

    /// <inheritdoc/>
    public IReadOnlyList<IFixSource> FixSources => [];
}
