using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>Sets one line <c>key value</c> or <c>key=value</c> of a file without sections; other lines of the key go.</summary>
public sealed record KeyValueSetting : SetConfigAction
{
    /// <summary>Absolute path of the file; one that is missing is made.</summary>
    public required string Path { get; init; }

    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>The value, as it stands in the file.</summary>
    public required string Value { get; init; }

    /// <summary>Whether the key ends with an equals sign rather than a blank.</summary>
    public required bool WithEquals { get; init; }

    /// <inheritdoc/>
    public override string Format => WithEquals ? "key=value" : "key-value";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => new(ActionRisk.Reversible, $"it changes {Key} in {Path}");

    /// <inheritdoc/>
    public override string Describe() => $"set {Key}{(WithEquals ? "=" : " ")}{Value} in {Path}";

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("file", Path), ("key", Key), ("value", Value)];

    private protected override IReadOnlyList<string> Fragments => ["replace", "lines"];

    private protected override IReadOnlyList<(string Name, string Value)> Variables =>
        [("file", Path), ("section", ""), ("key", Key), ("value", Value), ("separator", WithEquals ? "=" : " ")];

    private protected override IReadOnlyList<Resource> Touches() => [FileOf(Path), SettingOf(Path, Key)];

    private protected override InvalidField? FindOwnFault() => FieldRules.Path("file", Path) ?? FieldRules.Value("value", Value);
}
