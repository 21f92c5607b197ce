using System.Text.Json.Serialization;

namespace Forge.Core.Journal;

/// <summary>One typed line of the journal. The discriminator <c>type</c> is the event's name on disk.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RunStarted), "run.started")]
[JsonDerivedType(typeof(RunResumed), "run.resumed")]
[JsonDerivedType(typeof(RunEnded), "run.ended")]
[JsonDerivedType(typeof(TargetConnected), "target.connected")]
[JsonDerivedType(typeof(Contacted), "target.contacted")]
[JsonDerivedType(typeof(TargetParked), "target.parked")]
[JsonDerivedType(typeof(ScanEnded), "scan.ended")]
[JsonDerivedType(typeof(RoundStarted), "round.started")]
[JsonDerivedType(typeof(Reviewed), "reviewed")]
[JsonDerivedType(typeof(ItemQueued), "item.queued")]
[JsonDerivedType(typeof(AttemptStarted), "attempt.started")]
[JsonDerivedType(typeof(IntentWritten), "intent")]
[JsonDerivedType(typeof(ResultWritten), "result")]
[JsonDerivedType(typeof(Evaluated), "evaluated")]
[JsonDerivedType(typeof(Probed), "probed")]
[JsonDerivedType(typeof(UndoIntent), "undo.intent")]
[JsonDerivedType(typeof(UndoEnded), "undo.ended")]
[JsonDerivedType(typeof(CheckpointTaken), "checkpoint.taken")]
[JsonDerivedType(typeof(CheckpointReverted), "checkpoint.reverted")]
[JsonDerivedType(typeof(CheckpointDropped), "checkpoint.dropped")]
[JsonDerivedType(typeof(RebootIntent), "reboot.intent")]
[JsonDerivedType(typeof(RebootEnded), "reboot.ended")]
[JsonDerivedType(typeof(ItemEnded), "item.ended")]
[JsonDerivedType(typeof(RegressionFound), "regression.found")]
[JsonDerivedType(typeof(LessonLearned), "lesson.learned")]
[JsonDerivedType(typeof(ConflictDecided), "conflict.decided")]
[JsonDerivedType(typeof(Noted), "noted")]
[JsonDerivedType(typeof(ModelAsked), "model.asked")]
[JsonDerivedType(typeof(ProposerAsked), "proposer.asked")]
[JsonDerivedType(typeof(ActionProposed), "action.proposed")]
[JsonDerivedType(typeof(ActionSuggested), "action.suggested")]
[JsonDerivedType(typeof(PlanMade), "plan.made")]
[JsonDerivedType(typeof(LessonDrawn), "lesson.drawn")]
[JsonDerivedType(typeof(ThinkingEnded), "thinking.ended")]
[JsonDerivedType(typeof(ModelLost), "model.lost")]
public abstract record ForgeEvent
{
    /// <summary>Target that the event is about; null for the run as a whole.</summary>
    public string? Target { get; init; }

    /// <summary>Item that the event is about; null for none.</summary>
    public string? Item { get; init; }
}
