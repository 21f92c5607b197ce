using Forge.Core.Evaluation;
using Forge.Core.Fixes;

namespace Forge.Core.Skills;

/// <summary>Port: what makes a kind of skill work. A skill's manifest names its engine; the engine knows no skill by name.</summary>
public interface ISkillEngine
{
    /// <summary>Name as manifests say it, for example <c>xccdf</c>.</summary>
    string Name { get; }

    /// <summary>Finds what is wrong.</summary>
    IScanner Scanner { get; }

    /// <summary>Says what passes.</summary>
    IEvaluator Evaluator { get; }

    /// <summary>Where the engine's own fixes come from, in the order to ask.</summary>
    IReadOnlyList<IFixSource> FixSources { get; }
}
