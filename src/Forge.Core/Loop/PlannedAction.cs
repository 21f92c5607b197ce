using Forge.Core.Actions;

namespace Forge.Core.Loop;

/// <summary>A change as it would be made: what <c>-WhatIf</c> shows and <c>-Confirm</c> asks about.</summary>
public sealed record PlannedAction
{
    /// <summary>Target.</summary>
    public required string Target { get; init; }

    /// <summary>Item; the skill's own name for its preparation.</summary>
    public required string Item { get; init; }

    /// <summary>What it changes, one line.</summary>
    public required string Summary { get; init; }

    /// <summary>Its class.</summary>
    public required ActionRisk Risk { get; init; }

    /// <summary>Why it has that class.</summary>
    public required string RiskReason { get; init; }

    /// <summary>How it is taken back: file journal, checkpoint, dead-man revert.</summary>
    public required string Undo { get; init; }

    /// <summary>Arm that proposes it; empty where nothing can be done.</summary>
    public string Arm { get; init; } = "";

    /// <summary>The exact script.</summary>
    public string Script { get; init; } = "";

    /// <summary>SHA-256 of the exact bytes; approvals are bound to it.</summary>
    public string Digest { get; init; } = "";

    /// <summary>Why nothing would be done; empty where something would.</summary>
    public string Refusal { get; init; } = "";
}
