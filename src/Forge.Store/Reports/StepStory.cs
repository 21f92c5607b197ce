using Forge.Core.Journal;

namespace Forge.Store.Reports;

/// <summary>One change: intent, result, undo.</summary>
internal sealed class StepStory(IntentWritten intent)
{
    public IntentWritten Intent { get; } = intent;

    public ResultWritten? Result { get; set; }

    public UndoIntent? UndoIntent { get; set; }

    public UndoEnded? Undo { get; set; }
}
