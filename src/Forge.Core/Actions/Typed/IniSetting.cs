using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>Sets one line <c>key=value</c> in a section of a file; other lines of the key in that section go, other sections stay.</summary>
public sealed record IniSetting : SetConfigAction
{
    /// <summary>Absolute path of the file; one that is missing is made.</summary>
    public required string Path { get; init; }

    /// <summary>Name of the section, without brackets.</summary>
    public required string Section { get; init; }

    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>The value, as it stands in the file.</summary>
    public required string Value { get; init; }

    /// <inheritdoc/>
    public override string Format => "ini";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => new(ActionRisk.Reversible, $"it changes {Key} in {Path}");

    /// <inheritdoc/>
    public override string Describe() => $"set {Key}={Value} in [{Section}] of {Path}";

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("file", Path), ("section", Section), ("key", Key), ("value", Value)];

    private protected override IReadOnlyList<string> Fragments => ["replace", "lines"];

    private protected override IReadOnlyList<(string Name, string Value)> Variables =>
        [("file", Path), ("section", Section), ("key", Key), ("value", Value), ("separator", "=")];

    private protected override IReadOnlyList<Resource> Touches() => [FileOf(Path), SettingOf(Path, Key)];

    private protected override InvalidField? FindOwnFault() =>
        FieldRules.Path("file", Path) ?? FieldRules.Value("section", Section) ?? FieldRules.Value("value", Value);
}
