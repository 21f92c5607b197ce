using Forge.Core.Statistics;

namespace Forge.Core.Proposals;

/// <summary>One figure that the maker of a hardening model measured.</summary>
/// <param name="Set">Set of rules, for example <c>test</c>.</param>
/// <param name="Wording">Whose words the model read.</param>
/// <param name="N">Rules, at least 1.</param>
/// <param name="Exact">Share of them that it answered exactly, 0 to 1.</param>
/// <param name="Low">Lower limit of its 95 % interval, 0 to 1.</param>
/// <param name="High">Upper limit, 0 to 1.</param>
public sealed record HardenerFigure(string Set, RuleWording Wording, int N, double Exact, double Low, double High)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Set} {Wording.ToString().ToLowerInvariant()} {Exact * 100:0.0} % ({new Interval(Low, High)}; {N} rules)");
}
