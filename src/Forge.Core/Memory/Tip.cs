using Forge.Core.Loop;

namespace Forge.Core.Memory;

/// <summary>One lesson with its mechanism and scope. A lesson from one host stays on that host until another verifies it.</summary>
public sealed record Tip
{
    /// <summary>Skill; skills never share memory.</summary>
    public required string Skill { get; init; }

    /// <summary>Item id.</summary>
    public required string Item { get; init; }

    /// <summary>Host that it comes from.</summary>
    public required string Target { get; init; }

    /// <summary>Platform of that host.</summary>
    public required string Platform { get; init; }

    /// <summary>Digest of the action's exact bytes.</summary>
    public required string ActionDigest { get; init; }

    /// <summary>Arm of the action.</summary>
    public required string Arm { get; init; }

    /// <summary>How the attempt ended: <see cref="FailureMode.None"/> for a fix that was verified.</summary>
    public required FailureMode Outcome { get; init; }

    /// <summary>Why: what was observed ("because ...").</summary>
    public required string Mechanism { get; init; }

    /// <summary>Run that it comes from.</summary>
    public required string RunId { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset LearnedAt { get; init; }
}
