using Forge.Core.Loop;

namespace Forge.Core.Journal;

/// <summary>What was asked of a run and how it ended: the content of <c>run.json</c>.</summary>
public sealed record RunRecord
{
    /// <summary>Id, for example <c>20261121-0912-practice-stig-7f3a</c>: UTC date and time, target, skill, four random hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>Skill.</summary>
    public required string Skill { get; init; }

    /// <summary>Names of the targets.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The skill's parameters as they were given or defaulted.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>Ids asked for; empty for all findings.</summary>
    public IReadOnlyList<string> ItemIds { get; init; } = [];

    /// <summary>Ids asked for, by target; empty for all findings.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ItemsByTarget { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>It only scans.</summary>
    public bool ScanOnly { get; init; }

    /// <summary>It only makes the targets ready.</summary>
    public bool PrepareOnly { get; init; }

    /// <summary>Rounds at most; null for the skill's.</summary>
    public int? MaxRounds { get; init; }

    /// <summary>Digests of irreversible actions that the user approved.</summary>
    public IReadOnlyList<string> Approvals { get; init; } = [];

    /// <summary>Path of the decision file on this machine; null for none. Its values stay in it: some are secrets.</summary>
    public string? DecisionPath { get; init; }

    /// <summary>SHA-256 of the decisions, see <see cref="Decisions.DecisionFile.Digest"/>; null for none.</summary>
    public string? DecisionDigest { get; init; }

    /// <summary>What the user prefers where two items cannot both hold, the strongest first.</summary>
    public IReadOnlyList<string> Prefer { get; init; } = [];

    /// <summary>Arms that are not asked.</summary>
    public IReadOnlyList<string> ExcludedArms { get; init; } = [];

    /// <summary>Whether a model may propose whole scripts.</summary>
    public bool AllowScripts { get; init; }

    /// <summary>Models by role that worked in it.</summary>
    public IReadOnlyDictionary<string, string> Models { get; init; } = new Dictionary<string, string>();

    /// <summary>Try also what did harm before.</summary>
    public bool IgnoreLessons { get; init; }

    /// <summary>Remove what Forge stored on the targets when it ends.</summary>
    public bool RemoveHostState { get; init; }

    /// <summary>Time for one change on the host.</summary>
    public TimeSpan? ActionTimeout { get; init; }

    /// <summary>Targets side by side.</summary>
    public int ThrottleLimit { get; init; } = 4;

    /// <summary>Budget of the whole run; null for none.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Whether reboots were allowed.</summary>
    public bool AllowReboot { get; init; } = true;

    /// <summary>When it started, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, UTC; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public RunStatus Status { get; init; } = RunStatus.Running;

    /// <summary>Why it ended so, one sentence; empty where there is nothing to say.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Version of Forge that made it.</summary>
    public string ForgeVersion { get; init; } = "";

    /// <summary>Process id on this machine that works on it; null when none does.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Start time of that process in the system's own unit, so that a reused id is not taken for it; null when none does.</summary>
    public long? ProcessStart { get; init; }

    /// <summary>The final figures; null while it runs.</summary>
    public RunSummary? Summary { get; init; }
}
