using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>Sets one key of a unit in a drop-in of its own (systemd.unit(5)), judged by <c>systemd-analyze verify</c>; a unit that runs is restarted with it.</summary>
public sealed record SystemdDropIn : SetConfigAction
{
    private static readonly string[] Suffixes = [".service", ".socket", ".timer", ".mount", ".path", ".target", ".slice", ".swap", ".automount"];

    /// <summary>Name of the unit; without a suffix it is a service.</summary>
    public required string Unit { get; init; }

    /// <summary>Section of the unit file, without brackets.</summary>
    public required string Section { get; init; }

    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>Its value.</summary>
    public required string Value { get; init; }

    /// <inheritdoc/>
    public override string Format => "systemd-drop-in";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => new(ActionRisk.ServiceAffecting, $"it changes service {Unit}");

    /// <inheritdoc/>
    public override string Describe() => $"set {Key}={Value} in [{Section}] of {FullUnit}";

    private string FullUnit => HasSuffix(Unit) ? Unit : Unit + ".service";

    private string File => $"/etc/systemd/system/{FullUnit}.d/zz-forge-{Key}.conf";

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("unit", Unit), ("section", Section), ("key", Key), ("value", Value)];

    private protected override IReadOnlyList<string> Fragments => ["replace", "systemd-drop-in"];

    private protected override IReadOnlyList<(string Name, string Value)> Variables =>
        [("unit", FullUnit), ("section", Section), ("key", Key), ("value", Value), ("file", File)];

    private protected override IReadOnlyList<Resource> Touches() => [new(ResourceKind.Service, Unit), FileOf(File), SettingOf(File, Key)];

    // A command in a unit is a script in disguise.
    private protected override InvalidField? FindOwnFault() =>
        Key.StartsWith("Exec", StringComparison.Ordinal) ? new InvalidField("key", "names a command; that is run-script")
        : Value.EndsWith('\\') ? new InvalidField("value", "must not go on in the next line")
        : FieldRules.Value("value", Value);

    private static bool HasSuffix(string unit) => Suffixes.Any(s => unit.EndsWith(s, StringComparison.Ordinal));
}
