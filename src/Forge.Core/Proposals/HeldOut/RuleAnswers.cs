using System.Text.Json;

namespace Forge.Core.Proposals.HeldOut;

/// <summary>A held-out rule with the answers of both sides. A rule counts once, however many texts it has: its texts are no independent trials.</summary>
/// <param name="Id">Rule.</param>
/// <param name="Family">Family of its first text.</param>
/// <param name="Reference">Answers of the reference to its texts.</param>
/// <param name="Difference">Answers of the difference to the same texts, in the same order.</param>
public sealed record RuleAnswers(string Id, string Family, IReadOnlyList<HeldOutAnswer> Reference, IReadOnlyList<HeldOutAnswer> Difference)
{
    /// <summary>The reference answered more than half of its texts exactly.</summary>
    public bool ExactInReference => IsExact(Reference);

    /// <summary>The difference answered more than half of its texts exactly.</summary>
    public bool ExactInDifference => IsExact(Difference);

    /// <inheritdoc/>
    public override string ToString() => $"{Id}: {Text(Reference[0].Rule.Action)} | {Text(Reference[0].Proposal?.Action)} | {Text(Difference[0].Proposal?.Action)}";

    private static bool IsExact(IReadOnlyList<HeldOutAnswer> answers) => answers.Count(a => a.IsExact) * 2 > answers.Count;

    private static string Text(JsonElement? action) => action?.GetRawText() ?? "none";
}
