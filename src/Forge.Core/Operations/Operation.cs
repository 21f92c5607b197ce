namespace Forge.Core.Operations;

/// <summary>One change as the host runs it: exact bytes under a name and an epoch.</summary>
public sealed record Operation
{
    /// <summary>Its name; the host never runs the same one twice.</summary>
    public required OperationId Id { get; init; }

    /// <summary>Fencing epoch of the run; the host refuses one lower than it has seen.</summary>
    public required long Epoch { get; init; }

    /// <summary>The script's text.</summary>
    public required string Script { get; init; }

    /// <summary>Interpreter on the target.</summary>
    public string Interpreter { get; init; } = "/bin/bash";

    /// <summary>Time limit on the host itself, so that it also holds when the connection is lost.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Paths besides the host's watched trees whose content, mode and owner are journalled before the change (files or folders).</summary>
    public IReadOnlyList<string> JournalPaths { get; init; } = [];

    /// <summary>Whether the host records the state before, so that <see cref="IOperationHost.UndoAsync"/> can restore it.</summary>
    public bool Undoable { get; init; } = true;

    /// <summary>Undo by the host itself after this time unless disarmed (dead-man revert); null for none.</summary>
    public TimeSpan? DeadMan { get; init; }
}
