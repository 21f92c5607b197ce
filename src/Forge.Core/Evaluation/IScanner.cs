using Forge.Core.Skills;
using Forge.Core.Targets;

namespace Forge.Core.Evaluation;

/// <summary>Port: finds what is wrong.</summary>
public interface IScanner
{
    /// <summary>Whether all that a scan needs is on the target.</summary>
    /// <returns>Null where it is; else what is missing, one line for people. The skill's <c>prepare</c> script is then run as a recorded change.</returns>
    Task<string?> FindMissingAsync(SkillSession session, ITarget verifier, CancellationToken cancellationToken);

    /// <summary>Looks at some items only; what fails among them comes with its finding. The report's provenance has <c>method</c>, as an evaluator says it.</summary>
    Task<ScanReport> ReviewAsync(SkillSession session, IReadOnlyList<string> itemIds, ITarget verifier, CancellationToken cancellationToken);

    /// <summary>Scans the target whole.</summary>
    Task<ScanReport> ScanAsync(SkillSession session, ITarget verifier, CancellationToken cancellationToken);
}
