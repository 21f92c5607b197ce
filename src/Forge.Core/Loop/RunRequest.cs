using Forge.Core.Decisions;
using Forge.Core.Findings;
using Forge.Core.Targets;

namespace Forge.Core.Loop;

/// <summary>What is asked of a run.</summary>
public sealed record RunRequest
{
    /// <summary>Name or folder of the skill.</summary>
    public required string Skill { get; init; }

    /// <summary>The machines.</summary>
    public required IReadOnlyList<TargetDescription> Targets { get; init; }

    /// <summary>The skill's parameters; missing ones take the skill's defaults.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Only these findings, by target and id; empty for all that the first scan finds.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Time for the whole run; null for none. Ends the fixing; the last reboot and scan still follow.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Time for one change on the host, enforced there; null takes the skill's time for an item.</summary>
    public TimeSpan? ActionTimeout { get; init; }

    /// <summary>Whether the run may reboot a target. Without it items that need one stay deferred.</summary>
    public bool AllowReboot { get; init; } = true;

    /// <summary>How long a reboot may take until a new login works.</summary>
    public TimeSpan RebootTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Rounds at most; null takes the skill's.</summary>
    public int? MaxRounds { get; init; }

    /// <summary>Targets worked on side by side, at least 1.</summary>
    public int ThrottleLimit { get; init; } = 4;

    /// <summary>Digests (SHA-256 of the exact bytes) of irreversible actions that the user approved.</summary>
    public IReadOnlySet<string> Approvals { get; init; } = new HashSet<string>();

    /// <summary>What the user decided; null for nothing. The actions built from it are approved.</summary>
    public DecisionFile? Decisions { get; init; }

    /// <summary>Which sides of conflicts the user prefers, the strongest first; they come before the skill's.</summary>
    public IReadOnlyList<Conflicts.Preference> Preferences { get; init; } = [];

    /// <summary>Try also what hung or broke this host the last time.</summary>
    public bool IgnoreLessons { get; init; }

    /// <summary>Arms that are not asked, for example <c>content</c>.</summary>
    public IReadOnlySet<string> ExcludedArms { get; init; } = new HashSet<string>();

    /// <summary>Whether a model may propose whole scripts; each still has the highest class, and is taken back where it does not help.</summary>
    public bool AllowScripts { get; init; }

    /// <summary>Only scan: nothing is fixed, and nothing is changed on the target except a preparation that is confirmed.</summary>
    public bool ScanOnly { get; init; }

    /// <summary>Only make the targets ready for the scanner, with the skill's preparation.</summary>
    public bool PrepareOnly { get; init; }

    /// <summary>Remove what Forge stored on the targets when the run ends well.</summary>
    public bool RemoveHostState { get; init; }
}
