namespace Forge.Core.Operations;

/// <summary>What the host knows of an operation.</summary>
public enum OperationState
{
    /// <summary>The host never started it.</summary>
    Absent,

    /// <summary>It is running.</summary>
    Running,

    /// <summary>It ended; its result is known.</summary>
    Completed,

    /// <summary>It was started and is gone without a result (power cut, kill).</summary>
    Interrupted,

    /// <summary>It was undone.</summary>
    Undone,
}
