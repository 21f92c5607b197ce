using Forge.Core.Checkpoints;
using Forge.Core.Decisions;
using Forge.Core.Fixes;
using Forge.Core.Probing;
using Forge.Core.Skills;
using Forge.Core.Targets;

namespace Forge.Core.Loop;

/// <summary>All that the steps of a run on one target share.</summary>
public sealed class TargetContext
{
    /// <summary>What was asked.</summary>
    public required RunRequest Request { get; init; }

    /// <summary>The ports.</summary>
    public required LoopPorts Ports { get; init; }

    /// <summary>The skill.</summary>
    public required Skill Skill { get; init; }

    /// <summary>Its engine.</summary>
    public required ISkillEngine Engine { get; init; }

    /// <summary>The connections.</summary>
    public required TargetLink Link { get; init; }

    /// <summary>The journal.</summary>
    public required RunScribe Scribe { get; init; }

    /// <summary>What the user decided, as actions.</summary>
    public DecisionFixSource Decisions => field ??= new DecisionFixSource(Skill, Request.Decisions);

    /// <summary>Where actions come from, in the order to ask.</summary>
    public IEnumerable<IFixSource> FixSources => [Decisions, new SkillFixSource(Skill, [.. Engine.FixSources.Where(s => !Request.ExcludedArms.Contains(s.Arm))])];

    /// <summary>The outside checkpoints; null where the target has none.</summary>
    public ICheckpointProvider? Checkpoints { get; set; }

    /// <summary>The skill at work; made anew after a reboot or a revert.</summary>
    public SkillSession Session { get; set; } = null!;

    /// <summary>What worked at the last healthy probe; null before the first.</summary>
    public HealthSnapshot? Healthy { get; set; }

    /// <summary>What worked when the last checkpoint was taken; null before the first.</summary>
    public HealthSnapshot? HealthyAtCheckpoint { get; set; }

    /// <summary>What each item of the selection touches, from the last scan of this process.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Findings.Resource>> Touches { get; set; } = new Dictionary<string, IReadOnlyList<Findings.Resource>>();

    /// <summary>Items that are looked at after every change, from the last scan of this process.</summary>
    public IReadOnlyList<string> Guards { get; set; } = [];

    /// <summary>What each item's fix brings about, from the last scan of this process, in the content's order.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<Conflicts.Demand>>> Demands { get; set; } = [];

    /// <summary>Time for one change on the host.</summary>
    public TimeSpan ActionTimeout => Request.ActionTimeout ?? Skill.ItemBudget;

    /// <summary>Where the run stands.</summary>
    public TargetLedger Ledger => Scribe.Ledger;

    /// <summary>The machine.</summary>
    public TargetDescription Target => Link.Description;

    /// <summary>Fencing epoch of this run on the target.</summary>
    public long Epoch => Ledger.Epoch ?? throw new InvalidOperationException("the target is not claimed yet");

    /// <summary>Makes the skill's session anew, for a new boot or a reverted machine.</summary>
    public void RenewSession(HostFacts facts) => Session = new SkillSession
    {
        Skill = Skill,
        Target = Target,
        Facts = facts,
        Parameters = Skill.WithDefaults(Request.Parameters),
        Blobs = Scribe.Blobs,
        CacheFolder = Ports.CacheFolder,
        RemoteFolder = $"/var/tmp/forge-{Scribe.RunId}",
        ItemIds = [.. Request.Findings.Where(f => f.Target == Target.Name).Select(f => f.Id)],
    };
}
