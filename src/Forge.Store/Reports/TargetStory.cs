using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Targets;

namespace Forge.Store.Reports;

/// <summary>What happened on one target.</summary>
internal sealed class TargetStory(string name)
{
    public string Name { get; } = name;

    public TargetSummary? Summary { get; set; }

    public HostFacts? Facts { get; set; }

    public string UndoKind { get; set; } = "";

    /// <summary>Why work stopped before its end; null where it did not.</summary>
    public TargetParked? Parked { get; set; }

    public List<ScanEnded> Scans { get; } = [];

    /// <summary>Reboots in their order; the end is null where the target did not come back.</summary>
    public List<(RebootIntent Intent, RebootEnded? Ended)> Reboots { get; } = [];

    public List<RegressionStory> Regressions { get; } = [];

    public List<CheckpointReverted> Reverts { get; } = [];

    /// <summary>Changes of the run itself, for example the installation of the scanner.</summary>
    public List<StepStory> Preparation { get; } = [];

    /// <summary>Where the time went.</summary>
    public TimeTally Times { get; } = new();

    public List<string> Notes { get; } = [];

    /// <summary>Items in the order in which they were queued.</summary>
    public List<ItemStory> Items { get; } = [];

    /// <summary>What was suggested for an item that was not remediated; null for nothing.</summary>
    public ActionSuggested? SuggestionFor(ItemResult item) => item.Outcome is ItemState.Remediated or ItemState.AlreadyPassing or ItemState.NotApplicable ? null : Items.Find(i => i.Id == item.Id)?.Suggestion;
}
