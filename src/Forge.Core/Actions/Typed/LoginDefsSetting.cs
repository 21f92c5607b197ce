using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>Sets one item of <c>/etc/login.defs</c> (login.defs(5)).</summary>
public sealed record LoginDefsSetting : SetConfigAction
{
    private const string File = "/etc/login.defs";

    /// <summary>The item.</summary>
    public required string Key { get; init; }

    /// <summary>Its value.</summary>
    public required string Value { get; init; }

    /// <inheritdoc/>
    public override string Format => "login.defs";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => new(ActionRisk.LockoutCapable, $"it changes {Key} for logins");

    /// <inheritdoc/>
    public override string Describe() => $"set {Key} {Value} in {File}";

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("key", Key), ("value", Value)];

    private protected override IReadOnlyList<string> Fragments => ["replace", "lines"];

    private protected override IReadOnlyList<(string Name, string Value)> Variables =>
        [("file", File), ("section", ""), ("key", Key), ("value", Value), ("separator", " ")];

    private protected override IReadOnlyList<Resource> Touches() => [FileOf(File), SettingOf(File, Key)];

    private protected override InvalidField? FindOwnFault() => FieldRules.Value("value", Value);
}
