using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>Sets mode, owner and group of one file or folder, each where it is given; what is below a folder stays as it is.</summary>
public sealed record SetModeAction : TypedAction
{
    /// <summary>Absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>Mode in octal; null keeps it.</summary>
    public string? Mode { get; init; }

    /// <summary>Owner; null keeps it.</summary>
    public string? Owner { get; init; }

    /// <summary>Group; null keeps it.</summary>
    public string? Group { get; init; }

    /// <inheritdoc/>
    public override string Kind => "set-mode";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => new(ActionRisk.Reversible, $"it changes mode or owner of {Path}");

    /// <inheritdoc/>
    public override string Describe() =>
        $"set {string.Join(", ", new[] { ("mode", Mode), ("owner", Owner), ("group", Group) }.Where(p => p.Item2 is not null).Select(p => $"{p.Item1} {p.Item2}"))} of {Path}";

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("path", Path), ("mode", Mode), ("owner", Owner), ("group", Group)];

    private protected override IReadOnlyList<string> Fragments => ["set-mode"];

    // stat prints no zero in front.
    private protected override IReadOnlyList<(string Name, string Value)> Variables =>
        [("path", Path), ("mode", Mode is null ? "" : Mode.TrimStart('0') is { Length: > 0 } text ? text : "0"), ("owner", Owner ?? ""), ("group", Group ?? "")];

    private protected override IReadOnlyList<Resource> Touches() => [FileOf(Path)];

    private protected override InvalidField? FindOwnFault() => FieldRules.Path("path", Path)
        ?? (Mode is not null ? FaultOf(Mode) : Owner is null && Group is null ? new InvalidField("mode", "is missing, and so are owner and group: one of them must be given") : null);

    /// <summary>What stands against a mode: three digits, with a zero or the sticky bit before them; who may do what others own is never given away.</summary>
    internal static InvalidField? FaultOf(string mode) =>
        mode.Length is < 3 or > 4 ? new InvalidField("mode", "must have three digits, or four with 0 or 1 as the first")
        : mode.Length == 4 && mode[0] is not ('0' or '1') ? new InvalidField("mode", "must not set the user or group id at execution")
        : ((mode[^1] - '0') & 2) != 0 && mode is not "1777" ? new InvalidField("mode", "must not let everybody write")
        : null;
}
