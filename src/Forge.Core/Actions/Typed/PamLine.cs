using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>
/// Sets one line of a PAM service (pam.conf(5)): where the module stands already its control is set and its options are added, other options of it stay. A new
/// line goes before or after all of its type, where no jump counts it.
/// </summary>
public sealed record PamLine : SetConfigAction
{
    /// <summary>Name of the file in <c>/etc/pam.d</c>.</summary>
    public required string Service { get; init; }

    /// <summary><c>auth</c>, <c>account</c>, <c>password</c> or <c>session</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Control, for example <c>required</c> or <c>[default=die]</c>.</summary>
    public required string Control { get; init; }

    /// <summary>File name of the module.</summary>
    public required string Module { get; init; }

    /// <summary>Options with blanks between them.</summary>
    public string Options { get; init; } = "";

    /// <summary>Where a new line goes among those of its type: <c>first</c> or <c>last</c>.</summary>
    public string Position { get; init; } = "last";

    /// <inheritdoc/>
    public override string Format => "pam";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => new(ActionRisk.LockoutCapable, $"it changes how {Service} lets people in");

    /// <inheritdoc/>
    public override string Describe() => $"set '{Type} {Control} {Module}{(Options.Length == 0 ? "" : " " + Options)}' in {File}";

    private string File => $"/etc/pam.d/{Service}";

    private protected override IReadOnlyList<(string Key, string? Value)> Fields =>
        [("service", Service), ("type", Type), ("control", Control), ("module", Module), ("options", Options.Length == 0 ? null : Options), ("position", Position)];

    private protected override IReadOnlyList<string> Fragments => ["replace", "pam"];

    private protected override IReadOnlyList<(string Name, string Value)> Variables =>
        [("file", File), ("kind", Type), ("control", Control), ("module", Module), ("options", Options), ("position", Position)];

    private protected override IReadOnlyList<Resource> Touches() => [FileOf(File), SettingOf(File, Module)];

    private protected override InvalidField? FindOwnFault() =>
        FieldRules.Path("service", File)
        ?? (Control is "required" or "requisite" or "sufficient" or "optional" || (Control.StartsWith('[') && Control.IndexOf(']', StringComparison.Ordinal) == Control.Length - 1)
            ? null : new InvalidField("control", "is neither one of required, requisite, sufficient, optional nor a list in brackets"))
        ?? (Options.Any(c => c is '#' or '\\' or '[' or ']') ? new InvalidField("options", "must not hold comments, brackets or backslashes") : FieldRules.Value("options", Options));
}
