using System.Globalization;
using Forge.Core.Journal;

namespace Forge.Store.Reports;

/// <summary>
/// The page of a run. It loads nothing and runs nothing: its own policy forbids scripts, images, fonts and connections, so that a script that a host smuggled
/// in would not run even if it got past the escaping.
/// </summary>
internal static class HtmlReport
{
    public static async Task<string> WriteAsync(RunStory story, HostText text, BlobExcerpts blobs, CancellationToken cancellationToken)
    {
        var html = new HtmlWriter(text);
        Head(html, story);
        Overview(html, story);
        for (var i = 0; i < story.Targets.Count; i++)
        {
            var target = story.Targets[i];
            if (story.Targets.Count > 1)
            {
                html.Element("h2", target.Name);
            }

            HtmlFigures.Write(html, target);
            await new HtmlItems(html, blobs).WriteAsync(target, i, cancellationToken).ConfigureAwait(false);
            HtmlFigures.WriteFacts(html, target);
        }

        Notes(html, story.Notes);
        Asked(html, story.Run);
        return html.Markup("</body></html>\n").ToString();
    }

    /// <summary>A list of notes; nothing where there are none.</summary>
    public static void Notes(HtmlWriter html, IReadOnlyList<string> notes)
    {
        if (notes.Count == 0)
        {
            return;
        }

        html.Markup("<h3>Notes</h3><ul>\n");
        foreach (var note in notes)
        {
            html.Element("li", note).Markup("\n");
        }

        html.Markup("</ul>\n");
    }

    private static void Head(HtmlWriter html, RunStory story) =>
        html.Markup("""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
            """)
            .Element("title", "Forge: " + story.Run.Id)
            .Markup("\n<style>\n" + ReportStyle.Css + "\n</style></head><body>\n");

    private static void Overview(HtmlWriter html, RunStory story)
    {
        var run = story.Run;
        html.Element("h1", $"{run.Skill} on {string.Join(", ", run.Targets)}");
        html.Element("div", $"{Time(run.StartedAt)} to {(run.EndedAt is { } end ? Time(end) : "now")} · {run.Status} · Forge {run.ForgeVersion}", "soft");
        html.Open("div", run.Status is RunStatus.Succeeded or RunStatus.ItemsLeft ? "sentence" : "sentence warning");
        foreach (var line in SummarySentence.Lines(run, story.Summary))
        {
            html.Element("p", line);
        }

        if (!story.IsFinal)
        {
            html.Element("p", "The run has no final figures; these are added up from its journal so far.", "bad");
        }

        html.Markup("</div>\n");
    }

    private static void Asked(HtmlWriter html, RunRecord run)
    {
        html.Markup("<h2>What was asked</h2><dl>\n");
        Term(html, "Run", run.Id);
        Term(html, "Skill", run.Skill);
        Term(html, "Targets", string.Join(", ", run.Targets));
        foreach (var (name, value) in run.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            Term(html, name, value);
        }

        Term(html, "Items", run.ItemIds.Count == 0 ? "all findings" : string.Join(", ", run.ItemIds));
        Term(html, "Budget", run.Budget is { } budget ? SummarySentence.Clock(budget) : "none");
        Term(html, "Reboots", run.AllowReboot ? "allowed" : "not allowed");
        html.Markup("</dl>\n");
    }

    /// <summary>A term and what it stands for.</summary>
    public static void Term(HtmlWriter html, string term, string value) => html.Element("dt", term).Element("dd", value).Markup("\n");

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
