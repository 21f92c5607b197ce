using System.Globalization;
using System.Text.RegularExpressions;

namespace Forge.Core.Schema;

/// <summary>Says the greatest length of a string within its pattern, for those who make a grammar of a schema and have no way to say both. Pure.</summary>
public static partial class BoundedPattern
{
    /// <summary>The same pattern with its one class bounded that may be repeated without end, where all around it has one length; any other pattern as it is.</summary>
    /// <param name="pattern">A regular expression, anchored at both ends.</param>
    /// <param name="most">Most characters that match.</param>
    public static string Of(string pattern, int most)
    {
        if (Repeated().Match(pattern) is not { Success: true } match)
        {
            return pattern;
        }

        var (times, others) = (match.Groups["times"], match.Groups["one"].Captures.Count);
        var least = times.Value == "+" ? 1 : 0;
        return most - others < Math.Max(least, 1)
            ? pattern
            : string.Create(CultureInfo.InvariantCulture, $"{pattern[..times.Index]}{{{least},{most - others}}}{pattern[(times.Index + 1)..]}");
    }

    [GeneratedRegex(@"^\^(?<one>\[(?:[^\]\\]|\\.)+\]|[A-Za-z0-9/_-])*?\[(?:[^\]\\]|\\.)+\](?<times>[*+])(?<one>\\\.|[A-Za-z0-9/_-])*\$$")]
    private static partial Regex Repeated();
}
