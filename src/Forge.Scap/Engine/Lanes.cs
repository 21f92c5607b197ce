using Forge.Core.Skills;

namespace Forge.Scap.Engine;

/// <summary>
/// Calls of the scanner side by side. It evaluates one rule after another on one processor, and a few rules that search whole file systems take nearly all of
/// its time: each of them gets a call of its own.
/// </summary>
internal static class Lanes
{
    // A hardened sshd may allow as few as four sessions on a connection.
    private const int Most = 3;

    /// <summary>How many calls may run at once on a machine.</summary>
    public static int WidthOf(SkillSession session) => Math.Clamp(session.Facts.Processors, 1, Most);

    /// <summary>Rules that are worth a call of their own, the longest first; none where the machine has one processor.</summary>
    /// <param name="session">The machine.</param>
    /// <param name="content">The content.</param>
    /// <param name="rules">Full ids to choose among.</param>
    public static IReadOnlyList<string> WalkersAmong(SkillSession session, PreparedContent content, IReadOnlyCollection<string> rules)
    {
        if (WidthOf(session) == 1 || rules.Count < 2)
        {
            return [];
        }

        var wanted = rules.ToHashSet(StringComparer.Ordinal);
        return [.. content.Walks.Where(w => wanted.Contains(w.Key)).OrderByDescending(w => w.Value).Select(w => w.Key)];
    }

    /// <summary>Runs calls, so many at once as the machine allows, in their order.</summary>
    public static async Task<IReadOnlyList<T>> RunAsync<T>(SkillSession session, IReadOnlyList<Func<CancellationToken, Task<T>>> calls, CancellationToken cancellationToken)
    {
        var results = new T[calls.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = WidthOf(session), CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, calls.Count, options, async (i, token) => results[i] = await calls[i](token));
        return results;
    }
}
