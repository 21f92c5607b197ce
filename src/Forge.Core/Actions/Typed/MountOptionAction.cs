using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>
/// Adds one option to a mounted file system, now and in <c>/etc/fstab</c>, judged by <c>findmnt --verify</c>. A memory file system without an entry gets one;
/// another one without an entry is refused on the host.
/// </summary>
public sealed record MountOptionAction : TypedAction
{
    /// <summary>The mount point.</summary>
    public required string Point { get; init; }

    /// <summary>The option.</summary>
    public required string Option { get; init; }

    /// <inheritdoc/>
    public override string Kind => "mount-option";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => new(ActionRisk.LockoutCapable, "it mounts or remounts a file system");

    /// <inheritdoc/>
    public override string Describe() => $"mount {Point} with {Option} now and at boot";

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("point", Point), ("option", Option)];

    private protected override IReadOnlyList<string> Fragments => ["replace", "fstab", "mount-option"];

    private protected override IReadOnlyList<Resource> Touches() => [FileOf(FstabOption.File), new(ResourceKind.Setting, $"{FstabOption.File}:{Point}")];

    private protected override InvalidField? FindOwnFault() => FieldRules.Path("point", Point);
}
