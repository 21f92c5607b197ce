using System.Text;
using System.Text.Json;
using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>Several typed actions that are one change: applied in their order, ended by the first that fails, kept or taken back as one.</summary>
public sealed record SequenceAction : TypedAction
{
    /// <summary>The name of this kind.</summary>
    public const string Name = "sequence";

    /// <summary>The steps; at least one, none of them a sequence.</summary>
    public required IReadOnlyList<TypedAction> Steps { get; init; }

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <inheritdoc/>
    public override RiskAssessment OwnRisk => Steps.Select(RiskClassifier.Assess).MaxBy(r => r.Risk)!;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Stops => [.. Steps.OfType<ServiceAction>().GroupBy(s => s.Name, StringComparer.Ordinal).SelectMany(g => g.Last().Stops)];

    /// <inheritdoc/>
    public override string Describe() => string.Join("; ", Steps.Select(s => s.Describe()));

    /// <inheritdoc/>
    public override string CheckScript() => Join(Steps.Select(s => s.CheckScript()));

    /// <inheritdoc/>
    public override string ToScript() => Join(Steps.Select(s => s.ToScript()));

    private protected override IReadOnlyList<(string Key, string? Value)> Fields => [("steps", JsonSerializer.Serialize(Steps.Select(s => s.ToProposal())))];

    private protected override IReadOnlyList<string> Fragments => [];

    private protected override IReadOnlyList<Resource> Touches() => [.. Steps.SelectMany(s => s.Resources).Distinct()];

    // Each in a shell of its own, so that no step's variables or exit reach another.
    private static string Join(IEnumerable<string> scripts) =>
        scripts.Aggregate(new StringBuilder(), (all, s) => all.Append("(\n").Append(s.TrimEnd('\n')).Append("\n) || exit $?\n")).ToString();
}
