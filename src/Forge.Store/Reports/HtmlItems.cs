using System.Globalization;
using Forge.Core.Journal;
using Forge.Core.Loop;

namespace Forge.Store.Reports;

/// <summary>The items of one target on the page: a table that is filtered by outcome without a script, each item with all that was tried.</summary>
internal sealed class HtmlItems(HtmlWriter html, BlobExcerpts blobs)
{
    private readonly HtmlAttempts _attempts = new(html, blobs);

    public async Task WriteAsync(TargetStory target, int number, CancellationToken cancellationToken)
    {
        var items = target.Summary?.Items ?? [];
        html.Element("h2", $"Items ({items.Count})").Markup("<section>\n");
        Filter(items, string.Create(CultureInfo.InvariantCulture, $"t{number}"));
        html.Markup("""
            <table class="items"><thead><tr><th>Item</th><th>Outcome</th><th>Arm</th><th class="number">Attempts</th>
            <th class="number">Time</th><th>Why</th></tr></thead>

            """);
        var stories = target.Items.ToDictionary(i => i.Id, StringComparer.Ordinal);
        foreach (var item in items)
        {
            await WriteItemAsync(target, item, stories.GetValueOrDefault(item.Id), cancellationToken).ConfigureAwait(false);
        }

        html.Markup("</table></section>\n");
        if (target.Preparation.Count > 0)
        {
            html.Markup("<h2>Changes of the run itself</h2>\n");
            foreach (var step in target.Preparation)
            {
                await _attempts.WriteStepAsync(step, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Hidden radio buttons, one an outcome; rules of the style sheet hide the other outcomes while one is picked.
    private void Filter(IReadOnlyList<ItemResult> items, string group)
    {
        var outcomes = items.GroupBy(i => i.Outcome).OrderBy(g => g.Key).Select(g => (Word: OutcomeWord.Of(g.Key), Count: g.Count()));
        var picks = outcomes.Prepend((Word: "all", items.Count)).ToList();
        foreach (var (word, _) in picks)
        {
            html.Tag(
                "input",
                ("type", "radio"),
                ("class", $"pick pick-{word}"),
                ("name", group),
                ("id", $"{group}-{word}"),
                ("checked", word == "all" ? "checked" : null));
        }

        html.Markup("\n<div class=\"filter\">");
        foreach (var (word, count) in picks)
        {
            html.Tag("label", ("class", $"for-{word}"), ("for", $"{group}-{word}")).Text($"{word} {count}").Markup("</label>");
        }

        html.Markup("</div>\n");
    }

    private async Task WriteItemAsync(TargetStory target, ItemResult item, ItemStory? story, CancellationToken cancellationToken)
    {
        html.Open("tbody", OutcomeWord.Of(item.Outcome)).Markup("<tr class=\"head\">").Element("td", item.Id, "id");
        html.Element("td", OutcomeWord.Of(item.Outcome), Colour(item.Outcome)).Element("td", item.Arm.Length == 0 ? "-" : item.Arm);
        html.Element("td", item.Attempts.ToString(CultureInfo.InvariantCulture), "number");
        html.Element("td", item.Elapsed == TimeSpan.Zero ? "-" : HtmlFigures.Seconds(item.Elapsed.TotalSeconds), "number");
        html.Element("td", item.FailureMode == FailureMode.None ? item.Reason : $"{OutcomeWord.Of(item.FailureMode)}: {item.Reason}").Markup("</tr>\n");
        html.Markup("<tr class=\"more\"><td colspan=\"6\"><details class=\"item\">");
        html.Element("summary", item.Title.Length == 0 ? "details" : item.Title).Markup("<div>\n");
        if (story is not null)
        {
            WriteFinding(item, story);
            foreach (var attempt in story.Attempts)
            {
                await _attempts.WriteAsync(attempt, cancellationToken).ConfigureAwait(false);
            }

            WriteSuggestion(target.SuggestionFor(item));
            HtmlReport.Notes(html, story.Notes);
        }

        html.Markup("</div></details></td></tr></tbody>\n");
    }

    private void WriteFinding(ItemResult item, ItemStory story)
    {
        html.Markup("<dl>\n");
        HtmlReport.Term(html, "severity", item.Severity.ToString());
        if (story.Finding is { } finding)
        {
            HtmlReport.Term(html, "full id", finding.FullId ?? finding.Id);
            foreach (var reference in finding.References)
            {
                HtmlReport.Term(html, reference.System, reference.Id);
            }

            HtmlReport.Term(html, "touches", finding.Resources.Count == 0 ? "-" : string.Join(", ", finding.Resources.Select(r => r.Name)));
        }

        html.Markup("</dl>\n");
        if (story.Finding is { Description.Length: > 0 } described)
        {
            html.Element("p", described.Description, "soft");
        }

        if (story.Finding is { Evidence.Length: > 0 } evident)
        {
            html.Markup("<h3>What the check said</h3>\n").Block(html.HostText.Block(evident.Evidence, HtmlAttempts.DetailLimit));
        }
    }

    private void WriteSuggestion(ActionSuggested? suggestion)
    {
        if (suggestion is null)
        {
            return;
        }

        html.Markup("<h3>Suggested, not tried</h3>\n").Element("p", $"{suggestion.Arm}: {suggestion.Summary} ({suggestion.Why})");
        html.Block(html.HostText.Block(suggestion.Proposal, HtmlAttempts.DetailLimit));
    }

    private static string? Colour(ItemState outcome) => outcome switch
    {
        ItemState.Remediated or ItemState.AlreadyPassing => "good",
        ItemState.Escalated => "bad",
        ItemState.NeedsDecision or ItemState.Deferred => "wait",
        _ => null,
    };
}
