using System.Text.RegularExpressions;
using Forge.Core.Errors;
using Forge.Core.Proposals;

namespace Forge.Core.Extraction;

/// <summary>Finds all ways in which a pattern matches one text. Pure.</summary>
internal sealed class PatternMatcher
{
    /// <summary>Most matches of one expression, and most ways in all, that are looked at; a text with more says many things.</summary>
    private const int Most = 64;

    /// <summary>Most matches of one expression with those that say the same again.</summary>
    private const int MostSeen = 1024;

    private readonly string _title;
    private readonly string _body;
    private readonly string _all;

    public PatternMatcher(RuleText text) => (_title, _body, _all) = (text.Title, text.Body, $"{text.Title}\n{text.Body}");

    /// <summary>The ways; empty for none, null for more than can be one thing.</summary>
    /// <exception cref="ForgeException">Id <c>ExtractTimeout</c>: a search took longer than <see cref="ExpressionText.MostTime"/>.</exception>
    public IReadOnlyList<PatternMatch>? Find(ExtractionPattern pattern)
    {
        try
        {
            var ways = FindAll(pattern);
            return ways is { Count: 0 } || pattern.Unless.Any(e => e.IsMatch(TextOf(e.Place))) ? [] : ways;
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new ForgeException(
                "ExtractTimeout", ForgeErrorKind.Timeout, $"The pattern '{pattern.Name}' took longer than {ExpressionText.MostTime.TotalSeconds:0} s on one text.",
                "The machine is overloaded, or the pattern is costly: try again, then mend the pattern in the skill's extract file.", pattern.Name, e);
        }
    }

    private List<PatternMatch>? FindAll(ExtractionPattern pattern)
    {
        List<PatternMatch> ways = [PatternMatch.Empty];
        foreach (var expression in pattern.Expressions)
        {
            if (Matches(expression) is not { } matches)
            {
                return null;
            }

            ways = [.. ways.SelectMany(way => matches.Select(way.With)).OfType<PatternMatch>().Take(Most + 1)];
            if (ways.Count is 0 or > Most)
            {
                return ways.Count == 0 ? ways : null;
            }
        }

        return ways;
    }

    private List<PatternMatch>? Matches(TextExpression expression)
    {
        var (found, seen) = (new List<PatternMatch>(), new HashSet<string>(StringComparer.Ordinal));
        var left = MostSeen;
        var offset = expression.Place == TextPlace.Body ? _title.Length + 1 : 0;
        for (var match = expression.Match(TextOf(expression.Place)); match.Success; match = match.NextMatch())
        {
            if (left-- == 0 || found.Count > Most)
            {
                return null;
            }

            var groups = match.Groups.Values.Where(g => g.Success && g.Name != "0").ToDictionary(g => g.Name, g => g.Value, StringComparer.Ordinal);
            if (!seen.Add(string.Join('\0', groups.Select(g => $"{g.Key}={g.Value}"))))
            {
                continue;
            }

            found.Add(new PatternMatch(groups, [(match.Index + offset, match.Value)]));
        }

        return found.Count > Most ? null : found;
    }

    private string TextOf(TextPlace place) => place switch { TextPlace.Title => _title, TextPlace.Body => _body, _ => _all };
}
