using Forge.Core.Journal;
using Forge.Core.Skills;
using Forge.Core.Targets;
using Forge.Targets.Facts;

namespace Forge.Cmdlets.Composition;

/// <summary>A skill's session outside a run, for commands that only look.</summary>
internal static class TransientSession
{
    /// <summary>Makes a session; nothing is changed on the target.</summary>
    public static async Task<SkillSession> CreateAsync(
        ForgeServices services, Skill skill, TargetDescription target, ITarget verifier, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        return new SkillSession
        {
            Skill = skill,
            Target = target,
            Facts = await new HostFactsReader().ReadAsync(verifier, cancellationToken),
            Parameters = skill.WithDefaults(parameters),
            Blobs = DigestOnlyBlobs.Instance,
            CacheFolder = services.Home.Cache,
            RemoteFolder = $"/var/tmp/forge-look-{Environment.ProcessId}",
        };
    }
}
