using Forge.Cmdlets.Composition;
using Forge.Core.Decisions;
using Forge.Core.Journal;

namespace Forge.Cmdlets.Tasks;

/// <summary>Reads what the user decided; its secrets are known to every log from then on.</summary>
internal static class Decided
{
    /// <summary>Reads a decision file for a skill.</summary>
    public static DecisionFile Read(ForgeServices services, string skill, string path) => Register(services, DecisionFileReader.Read(path, services.Skills.Get(skill)));

    /// <summary>Reads the decision file that a run was started with; null where there was none.</summary>
    public static DecisionFile? Again(ForgeServices services, RunRecord run) => run is { DecisionPath: { } path, DecisionDigest: { } digest }
        ? Register(services, DecisionFileReader.ReadSame(path, services.Skills.Get(run.Skill), digest))
        : null;

    private static DecisionFile Register(ForgeServices services, DecisionFile file)
    {
        foreach (var secret in file.Secrets)
        {
            services.Redactor.Register(secret);
        }

        return file;
    }
}
