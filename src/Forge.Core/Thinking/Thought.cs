using Forge.Core.Loop;

namespace Forge.Core.Thinking;

/// <summary>One turn of a model on an item, as the journal has it.</summary>
public sealed class Thought
{
    /// <summary>Number of the turn on the item in the run, from 1.</summary>
    public required int Turn { get; init; }

    /// <summary>Who proposed it.</summary>
    public string Arm { get; init; } = Worker.Arm;

    /// <summary>Attempt that it became; 0 where it was not tried.</summary>
    public int Attempt { get; init; }

    /// <summary>The proposal as JSON, or what the model said where it is none.</summary>
    public required string Proposal { get; init; }

    /// <summary>The action in one line; empty where there is none.</summary>
    public string Summary { get; init; } = "";

    /// <summary>SHA-256 of the action's exact bytes; empty where there is none.</summary>
    public string Digest { get; init; } = "";

    /// <summary>How it failed; <see cref="FailureMode.None"/> while it is open or where it held.</summary>
    public FailureMode Mode { get; set; }

    /// <summary>Why.</summary>
    public string Reason { get; set; } = "";

    /// <summary>The lesson drawn from it; empty for none.</summary>
    public string Lesson { get; set; } = "";

    /// <summary>What says that two turns ended the same way: the same change and the same failure, whatever words were used.</summary>
    public (string Digest, FailureMode Mode) Fingerprint => (Digest.Length > 0 ? Digest : Proposal, Mode);
}
