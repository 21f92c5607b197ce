using Forge.Core.Journal;
using Forge.Core.Loop;

namespace Forge.Cmdlets.Tasks;

/// <summary>An event in one line for people.</summary>
internal static class EventText
{
    /// <summary>The line; null for events that are not worth one.</summary>
    public static string? Of(ForgeEvent e) => e switch
    {
        TargetConnected c => $"connected: {c.Facts.OsName}, kernel {c.Facts.Kernel}, undo by {c.UndoKind}",
        TargetParked p => $"stopped: {p.Reason}",
        ScanEnded s => $"scan ({s.Purpose}): {s.Counts.Fail} fail, {s.Counts.Pass} pass, {s.Counts.NotApplicable} not applicable, {s.Seconds:0.0} s",
        RoundStarted r => $"round {r.Round}: {r.Items.Count} items",
        AttemptStarted a => $"attempt {a.Attempt} ({a.Arm}{(a.Batch is { } batch ? $", batch {batch}" : "")}): {a.Summary} [{a.Risk}: {a.RiskReason}]",
        IntentWritten { Step: "prepare" } => "preparing the target",
        RebootIntent r => $"rebooting: {r.Reason}",
        RebootEnded r => $"rebooted in {r.Seconds:0.0} s, boot id {r.BootId}, kernel {r.Kernel}",
        UndoIntent u => $"taking back: {u.Reason}",
        UndoEnded u => u.Restored ? $"taken back in {u.Seconds:0.0} s, proven by digest" : $"not wholly taken back: {string.Join(", ", u.Differences)}",
        CheckpointTaken c => $"checkpoint {c.Checkpoint.Id} in {c.Seconds:0.0} s",
        CheckpointReverted c => $"taken back from outside to {c.CheckpointId}: {c.Reason}; {c.Requeued.Count} items queued again",
        ItemEnded { Result.Outcome: ItemState.Queued } i => $"queued again: {i.Result.Reason}",
        ItemEnded i => i.Result.Outcome == ItemState.Remediated ? $"remediated, {i.Result.Elapsed.TotalSeconds:0.0} s" : $"{i.Result.Outcome}: {i.Result.Reason}",
        RegressionFound r => $"passed before and fails now{(r.CausedBy is { } cause ? $", since {cause}" : "")}",
        Reviewed r => $"looked again at {r.Verdicts.Count} items ({r.Method}), {r.Seconds:0.0} s",
        ConflictDecided c => $"gives way: {c.Reason}",
        Probed { Healthy: false } p => $"not healthy: {string.Join("; ", p.Faults)}",
        ModelAsked { Fault.Length: > 0 } m => $"{m.Role} {m.Model} gave no answer: {m.Fault}",
        ModelAsked m => $"{m.Role} {m.Model}: {m.Usage.Input} + {m.Usage.Output} tokens, {m.Seconds:0.0} s",
        ProposerAsked p => $"small model{(p.Model.Length > 0 ? " " + p.Model.Split(' ')[0] : "")}: {p.Usage.Input} + {p.Usage.Output} tokens, {p.Seconds:0.0} s",
        ActionSuggested s => $"suggestion of {s.Arm}, not tried ({s.Why}): {s.Summary}",
        ActionProposed { Refusal.Length: > 0 } p => $"proposal refused: {p.Refusal}",
        ActionProposed p => $"proposal: {p.Summary}",
        PlanMade p => $"architect: {p.Verdict}{(p.Readable ? "" : " (its answer could not be read)")}: {p.Plan}",
        LessonDrawn l => $"lesson: {l.Mechanism}",
        ThinkingEnded t => $"the model ends: {t.Reason}",
        ModelLost m => $"the model {m.Model} is down, the run goes on without it: {m.Reason}",
        Noted n => n.Text,
        _ => null,
    };
}
