using Forge.Core.Actions.Shell;
using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>
/// Runs a POSIX script. It has the highest class until a real parser has read it (<see cref="Effects"/>); from then on the class that its commands demand, and at
/// least that of a change that can lock out.
/// </summary>
public sealed record RunScriptAction : TypedAction
{
    /// <summary>The script.</summary>
    public required string Script { get; init; }

    /// <summary>What a real shell parser (<see cref="IShellSyntax"/>) read of exactly this script; null where none did.</summary>
    public ShellEffects? Effects { get; init; }

    /// <inheritdoc/>
    public override string Kind => "run-script";

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk =>
        Effects is null ? new RiskAssessment(ActionRisk.Irreversible, "no shell parser has read the script")
        : RiskClassifier.OfEffects(Effects, []) is { Risk: > ActionRisk.LockoutCapable } graver ? graver
        : new RiskAssessment(ActionRisk.LockoutCapable, "it is a script");

    /// <inheritdoc/>
    public override string Describe() => $"run a script of {Script.Split('\n').Length} lines";

    /// <summary>A script cannot say whether the host is so already.</summary>
    public override string CheckScript() => "exit 2\n";

    /// <inheritdoc/>
    public override string ToScript() => Script;

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("script", Script)];

    private protected override IReadOnlyList<string> Fragments => [];

    // What our own parser sees counts besides, so that two readers have to miss the same thing.
    private protected override IReadOnlyList<Resource> Touches() => [.. (Effects?.Resources ?? []).Union(ShellEffectsReader.Read(Script).Resources)];

    private protected override InvalidField? FindOwnFault() => FieldRules.Text("script", Script);
}
