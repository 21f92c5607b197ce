using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>Writes one whole file. What has a judge (sudoers, sshd, fstab, units, nftables) is judged before it replaces what is there.</summary>
public sealed record WriteFileAction : TypedAction
{
    /// <summary>Absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>The whole text; a newline at its end is added where it is missing.</summary>
    public required string Content { get; init; }

    /// <summary>Mode in octal; null keeps the mode of what is there, or takes 644 for a new file.</summary>
    public string? Mode { get; init; }

    /// <inheritdoc/>
    public override string Kind => "write-file";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => new(ActionRisk.Reversible, $"it writes {Path}");

    /// <inheritdoc/>
    public override string Describe() => $"write {Path} ({Content.Length} characters)";

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("path", Path), ("content", Content), ("mode", Mode)];

    private protected override IReadOnlyList<string> Fragments => ["replace", "write-file"];

    private protected override IReadOnlyList<(string Name, string Value)> Variables =>
        [("file", Path), ("content", Content.EndsWith('\n') || Content.Length == 0 ? Content : Content + "\n"), ("mode", Mode?.TrimStart('0') ?? "")];

    private protected override IReadOnlyList<Resource> Touches() => [FileOf(Path)];

    private protected override InvalidField? FindOwnFault() =>
        FieldRules.Path("path", Path) ?? FieldRules.Text("content", Content) ?? (Mode is null ? null : SetModeAction.FaultOf(Mode));
}
