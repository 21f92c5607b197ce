using Forge.Core.Journal;
using Forge.Core.Targets;

namespace Forge.Core.Skills;

/// <summary>A skill at work on one target: what engines get to know. Engines may keep what they prepared in <see cref="State"/>.</summary>
public sealed class SkillSession
{
    /// <summary>The skill.</summary>
    public required Skill Skill { get; init; }

    /// <summary>The machine.</summary>
    public required TargetDescription Target { get; init; }

    /// <summary>Facts about the machine.</summary>
    public required HostFacts Facts { get; init; }

    /// <summary>What the user asked for, by the skill's own parameter names (for example <c>profile</c>, <c>content</c>, <c>tailoring</c>).</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>Where raw results go.</summary>
    public required IBlobStore Blobs { get; init; }

    /// <summary>Folder on this machine for derived files that can be made again.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Folder on the target that the session may write to; removed at its end. Absolute, owned by the login user.</summary>
    public required string RemoteFolder { get; init; }

    /// <summary>Only these item ids are wanted; empty for all.</summary>
    public IReadOnlyList<string> ItemIds { get; init; } = [];

    /// <summary>What the engine keeps between calls of one session, by type.</summary>
    public SessionState State { get; } = new();
}
