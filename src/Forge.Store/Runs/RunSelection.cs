using System.Text.RegularExpressions;

namespace Forge.Store.Runs;

/// <summary>Which run folders have to be opened to find the newest runs.</summary>
internal static partial class RunSelection
{
    private const int MinuteLength = 13;

    /// <summary>
    /// The ids among which the newest are. Ids start with the minute in which the run started, so that the folders of years need not be read for the last
    /// one; ids of another form, and all of the last minute in question, are candidates always.
    /// </summary>
    public static IReadOnlyList<string> Candidates(IEnumerable<string> ids, int? last)
    {
        var all = ids.ToList();
        if (last is not { } count || all.Count <= count)
        {
            return all;
        }

        var timed = all.Where(id => Timed().IsMatch(id)).OrderDescending(StringComparer.Ordinal).ToList();
        if (timed.Count <= count || count <= 0)
        {
            return count <= 0 ? [] : all;
        }

        var limit = timed[count - 1][..MinuteLength];
        return [.. all.Where(id => !Timed().IsMatch(id) || string.CompareOrdinal(id[..MinuteLength], limit) >= 0)];
    }

    [GeneratedRegex(@"\A[0-9]{8}-[0-9]{4}-", RegexOptions.CultureInvariant)]
    private static partial Regex Timed();
}
