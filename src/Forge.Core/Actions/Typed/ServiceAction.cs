using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>Sets whether one unit starts at boot and runs now.</summary>
public sealed record ServiceAction : TypedAction
{
    /// <summary>Name of the unit; without a suffix it is a service.</summary>
    public required string Name { get; init; }

    /// <summary><c>enabled</c> (and running), <c>disabled</c> (and stopped), <c>masked</c> (and stopped) or <c>restarted</c> (it must run afterwards).</summary>
    public required string State { get; init; }

    /// <inheritdoc/>
    public override string Kind => "service";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => new(ActionRisk.ServiceAffecting, $"it changes service {Name}");

    /// <inheritdoc/>
    public override IReadOnlyList<string> Stops => State is "disabled" or "masked" ? [Name] : [];

    /// <inheritdoc/>
    public override string Describe() => State switch
    {
        "enabled" => $"enable and start {Name}",
        "disabled" => $"stop and disable {Name}",
        "restarted" => $"restart {Name}",
        _ => $"stop and mask {Name}",
    };

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("name", Name), ("state", State)];

    private protected override IReadOnlyList<string> Fragments => ["service"];

    private protected override IReadOnlyList<Resource> Touches() => [new(ResourceKind.Service, Name)];
}
