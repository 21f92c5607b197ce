using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>Adds one option to the entry of a mount point in <c>/etc/fstab</c> (fstab(5)), judged by <c>findmnt --verify</c>; what is mounted stays as it is.</summary>
public sealed record FstabOption : SetConfigAction
{
    internal const string File = "/etc/fstab";

    /// <summary>The mount point.</summary>
    public required string Point { get; init; }

    /// <summary>The option.</summary>
    public required string Option { get; init; }

    /// <inheritdoc/>
    public override string Format => "fstab-option";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => new(ActionRisk.LockoutCapable, $"it changes how {Point} is mounted at boot");

    /// <inheritdoc/>
    public override string Describe() => $"mount {Point} with {Option} at boot";

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("point", Point), ("option", Option)];

    private protected override IReadOnlyList<string> Fragments => ["replace", "fstab", "fstab-option"];

    private protected override IReadOnlyList<Resource> Touches() => [FileOf(File), SettingOf(File, Point)];

    private protected override InvalidField? FindOwnFault() => FieldRules.Path("point", Point);
}
