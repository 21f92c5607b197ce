namespace Forge.Core.Extraction;

/// <summary>One way in which the expressions of a pattern match a text.</summary>
/// <param name="Groups">What each named group matched.</param>
/// <param name="Parts">The parts of the text that were matched, by where they begin in title and body.</param>
internal sealed record PatternMatch(IReadOnlyDictionary<string, string> Groups, IReadOnlyList<(int At, string Text)> Parts)
{
    /// <summary>Nothing matched yet.</summary>
    public static PatternMatch Empty { get; } = new(new Dictionary<string, string>(), []);

    /// <summary>Both together; null where a group that both name differs.</summary>
    public PatternMatch? With(PatternMatch other)
    {
        var groups = new Dictionary<string, string>(Groups, StringComparer.Ordinal);
        foreach (var (name, value) in other.Groups)
        {
            if (!groups.TryAdd(name, value) && groups[name] != value)
            {
                return null;
            }
        }

        return new PatternMatch(groups, [.. Parts, .. other.Parts]);
    }
}
