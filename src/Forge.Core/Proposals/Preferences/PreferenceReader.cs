using System.Text.Json;
using Forge.Core.Errors;
using Forge.Core.Journal;

namespace Forge.Core.Proposals.Preferences;

/// <summary>
/// Reads from the journals of one's own runs which proposed actions were proven and which were not. What several runs show of the same text and the same
/// action is one preference. Only actions that the journal holds as proposals count: the vendor's scripts are none.
/// </summary>
public sealed class PreferenceReader
{
    private readonly OrderedDictionary<string, Preference> _known = new(StringComparer.Ordinal);

    /// <summary>Adds a run.</summary>
    /// <param name="run">Its id.</param>
    /// <param name="lines">Its whole journal, read from a store that checks the chain.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ForgeException">Id <c>RunNotEnded</c>, or what the store throws for a journal that does not verify; nothing of the run is kept then.</exception>
    public async Task AddAsync(string run, IAsyncEnumerable<JournalLine> lines, CancellationToken cancellationToken)
    {
        var items = new OrderedDictionary<(string, string), ProposedItem>();
        var ended = false;
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            ended = line.Event is RunEnded || (ended && line.Event is not RunResumed);
            if (line.Event is { Target: { } target, Item: { } item } of)
            {
                if (!items.TryGetValue((target, item), out var story))
                {
                    items.Add((target, item), story = new ProposedItem());
                }

                story.Take(of);
            }
        }

        if (!ended)
        {
            throw new ForgeException(
                "RunNotEnded", ForgeErrorKind.BadInput, $"The journal of run '{run}' has no end, so that what it kept is not known.", $"Wait for its end, or let it go on with Resume-ForgeRun {run}.", run);
        }

        foreach (var preference in items.Values.Select(i => i.End(run)).OfType<Preference>())
        {
            Merge(preference);
        }
    }

    /// <summary>All preferences, by rule.</summary>
    public IReadOnlyList<Preference> End() => [.. _known.Values.OrderBy(p => p.Id, StringComparer.Ordinal)];

    private void Merge(Preference preference)
    {
        var key = JsonSerializer.Serialize(new[] { preference.Id, preference.Text.Title, preference.Text.Body, preference.Chosen is { } chosen ? CanonicalProposal.Of(chosen) : "" });
        _known[key] = _known.TryGetValue(key, out var there)
            ? there with
            {
                Rejected = [.. there.Rejected.Concat(preference.Rejected).DistinctBy(r => CanonicalProposal.Of(r.Action), StringComparer.Ordinal)],
                Runs = [.. there.Runs.Concat(preference.Runs).Distinct(StringComparer.Ordinal)],
            }
            : preference;
    }
}
