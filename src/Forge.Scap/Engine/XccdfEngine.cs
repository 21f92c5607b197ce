using Forge.Core.Evaluation;
using Forge.Core.Fixes;
using Forge.Core.Skills;

namespace Forge.Scap.Engine;

/// <summary>
/// Engine <c>xccdf</c>: scans with SCAP content, checks single rules with slim data streams, fixes with the content's own scripts. Knows no skill by name: the
/// manifest's <c>settings</c> say all (<c>content</c>, <c>contentFolders</c>, <c>idPrefix</c>, <c>fixSystem</c>, <c>scanner</c>, <c>scanMinutes</c>,
/// <c>checkMinutes</c>), the parameters <c>profile</c>, <c>content</c> and <c>tailoring</c> are the user's. One instance serves all targets of a process.
/// </summary>
public sealed class XccdfEngine : ISkillEngine
{
    /// <summary>Makes the engine.</summary>
    /// <param name="clock">Clock for findings whose scanner gives no time; null for the system's.</param>
    public XccdfEngine(TimeProvider? clock = null)
    {
        var contents = new SessionContent();
        clock ??= TimeProvider.System;
        var evaluator = new XccdfEvaluator(contents, clock);
        Scanner = new XccdfScanner(contents, evaluator, clock);
        Evaluator = evaluator;
        FixSources = [new ContentFixSource(contents)];
    }

    /// <inheritdoc/>
    public string Name => "xccdf";

    /// <inheritdoc/>
    public IScanner Scanner { get; }

    /// <inheritdoc/>
    public IEvaluator Evaluator { get; }

    /// <inheritdoc/>
    public IReadOnlyList<IFixSource> FixSources { get; }
}
