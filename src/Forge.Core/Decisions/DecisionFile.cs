using ValuesByInput = System.Collections.Generic.IReadOnlyDictionary<string, Forge.Core.Decisions.DecisionValue>;

namespace Forge.Core.Decisions;

/// <summary>A decision file that was read and checked, with the scripts of the skill's actions as they were then.</summary>
public sealed record DecisionFile
{
    /// <summary>Its path, absolute.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 over its bytes and those of the actions that it uses, lower-case hexadecimal: what a resumed run compares.</summary>
    public required string Digest { get; init; }

    /// <summary>What is to win where rules contradict each other, the first one first; for example <c>package:chrony</c>.</summary>
    public IReadOnlyList<string> Prefer { get; init; } = [];

    /// <summary>Values for every target, by decision and input.</summary>
    internal IReadOnlyDictionary<string, ValuesByInput> Default { get; init; } = new Dictionary<string, ValuesByInput>();

    /// <summary>Values for single targets, by target, decision and input.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyDictionary<string, ValuesByInput>> Targets { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, ValuesByInput>>();

    /// <summary>Names of the decisions that lack a required input where a target does not give it itself.</summary>
    internal IReadOnlySet<string> Incomplete { get; init; } = new HashSet<string>();

    /// <summary>Text of each action's script, by decision.</summary>
    internal IReadOnlyDictionary<string, string> Scripts { get; init; } = new Dictionary<string, string>();

    /// <summary>Values that no log may hold.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>The inputs of a decision on a target; null where it is not given there.</summary>
    public ValuesByInput? Find(string target, string decision)
    {
        var own = Targets.GetValueOrDefault(target)?.GetValueOrDefault(decision);
        var common = Default.GetValueOrDefault(decision);
        if (own is null)
        {
            return Incomplete.Contains(decision) ? null : common;
        }

        return Merge(common, own);
    }

    /// <summary>Whose values hold: a target's own before the common ones.</summary>
    internal static Dictionary<string, DecisionValue> Merge(ValuesByInput? common, ValuesByInput own)
    {
        var merged = new Dictionary<string, DecisionValue>(common ?? new Dictionary<string, DecisionValue>(), StringComparer.Ordinal);
        foreach (var (input, value) in own)
        {
            merged[input] = value;
        }

        return merged;
    }
}
