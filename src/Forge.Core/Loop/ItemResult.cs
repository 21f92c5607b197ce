using System.Text.Json.Serialization;
using Forge.Core.Findings;

namespace Forge.Core.Loop;

/// <summary>How an item ended.</summary>
public sealed record ItemResult
{
    /// <summary>Item id.</summary>
    public required string Id { get; init; }

    /// <summary>Target.</summary>
    public required string Target { get; init; }

    /// <summary>Run.</summary>
    public required string RunId { get; init; }

    /// <summary>Title of the finding.</summary>
    public string Title { get; init; } = "";

    /// <summary>Severity of the finding.</summary>
    public Severity Severity { get; init; }

    /// <summary>Final state.</summary>
    public required ItemState Outcome { get; init; }

    /// <summary>Failure mode of the last attempt.</summary>
    public FailureMode FailureMode { get; init; }

    /// <summary>Arm that fixed it, or whose action was tried last; empty for none.</summary>
    public string Arm { get; init; } = "";

    /// <summary>Attempts made.</summary>
    public int Attempts { get; init; }

    /// <summary>Time spent on it.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Why it ended so: always filled unless remediated.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The outcome as people read it, for example <c>needs-decision</c>.</summary>
    [JsonIgnore]
    public string OutcomeText => OutcomeWord.Of(Outcome);

    /// <summary>The arm as people read it: a dash where there is none.</summary>
    [JsonIgnore]
    public string ArmText => Arm.Length == 0 ? "-" : Arm;
}
