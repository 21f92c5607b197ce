using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>Installs, upgrades or removes one package. A removal that would take the way in, the package tool or the kernel along is refused on the host.</summary>
public sealed record PackageAction : TypedAction
{
    /// <summary>Name as the package tool knows it.</summary>
    public required string Name { get; init; }

    /// <summary><c>present</c>, <c>latest</c> or <c>absent</c>.</summary>
    public required string State { get; init; }

    /// <inheritdoc/>
    public override string Kind => "package";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => new(ActionRisk.ServiceAffecting, $"it changes package {Name}");

    /// <inheritdoc/>
    public override string Describe() => State switch
    {
        "absent" => $"remove package {Name}",
        "latest" => $"install package {Name} in its latest version",
        _ => $"install package {Name}",
    };

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("name", Name), ("state", State)];

    private protected override IReadOnlyList<string> Fragments => ["package"];

    private protected override IReadOnlyList<Resource> Touches() => [new(ResourceKind.Package, Name)];
}
