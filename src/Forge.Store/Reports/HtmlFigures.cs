using System.Globalization;
using Forge.Core.Loop;

namespace Forge.Store.Reports;

/// <summary>Figures and facts of one target on the page.</summary>
internal static class HtmlFigures
{
    public static void Write(HtmlWriter html, TargetStory target)
    {
        if (target.Parked is { } parked)
        {
            html.Open("div", "sentence warning").Element("p", "Work on it stopped: " + parked.Reason).Markup("</div>\n");
        }

        if (target.Summary is not { } summary)
        {
            html.Element("p", "It was not scanned.", "soft");
            return;
        }

        BeforeAndAfter(html, summary);
        Split(html, summary.Split);
    }

    public static void WriteFacts(HtmlWriter html, TargetStory target)
    {
        Regressions(html, target);
        Reboots(html, target);
        if (target.Reverts.Count > 0)
        {
            html.Markup("<h2>Taken back from outside</h2><ul>\n");
            foreach (var revert in target.Reverts)
            {
                var again = revert.Requeued.Count == 0 ? "nothing" : string.Join(", ", revert.Requeued);
                html.Element("li", $"to {revert.CheckpointId}: {revert.Reason} ({Seconds(revert.Seconds)}; done again: {again})").Markup("\n");
            }

            html.Markup("</ul>\n");
        }

        Provenance(html, target);
        HtmlReport.Notes(html, target.Notes);
    }

    /// <summary>A time as people read it: <c>0.35 s</c>, <c>4:10</c>.</summary>
    public static string Seconds(double seconds) =>
        seconds < 60 ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.##} s") : SummarySentence.Clock(TimeSpan.FromSeconds(seconds));

    private static void BeforeAndAfter(HtmlWriter html, TargetSummary summary)
    {
        html.Markup("""
            <h2>Before and after</h2>
            <table class="figures"><thead><tr><th></th><th class="number">before</th><th class="number">after</th><th class="number">change</th></tr></thead><tbody>

            """);
        Row(html, "pass", summary.Before.Pass, summary.After?.Pass);
        Row(html, "fail", summary.Before.Fail, summary.After?.Fail);
        Row(html, "not applicable", summary.Before.NotApplicable, summary.After?.NotApplicable);
        Row(html, "not checked", summary.Before.NotChecked, summary.After?.NotChecked);
        Row(html, "error", summary.Before.Error, summary.After?.Error);
        html.Markup("</tbody></table>\n");
        var last = summary.Reboots == 0 ? "After is the last full scan." : "After is the full scan after the last reboot.";
        html.Element("p", summary.After is null ? "There was no full scan at the end." : $"{last} False successes: {summary.FalseSuccesses}.", "soft");
    }

    private static void Row(HtmlWriter html, string name, int before, int? after)
    {
        html.Markup("<tr>").Element("td", name).Element("td", Number(before), "number").Element("td", after is { } known ? Number(known) : "-", "number");
        html.Element("td", after is { } now ? (now - before).ToString("+0;-0;0", CultureInfo.InvariantCulture) : "-", "number").Markup("</tr>\n");
    }

    private static void Split(HtmlWriter html, TimeSplit split)
    {
        (string Name, TimeSpan Time)[] parts =
            [("scanner", split.Scanner), ("target", split.Target), ("reboot", split.Reboot), ("model", split.Model), ("harness", split.Harness)];
        var all = parts.Sum(p => p.Time.TotalSeconds);
        if (all <= 0)
        {
            return;
        }

        html.Markup("<h2>Where the time went</h2><div class=\"bar\">");
        foreach (var (name, time) in parts)
        {
            html.Tag(
                "span",
                ("class", name),
                ("style", string.Create(CultureInfo.InvariantCulture, $"width: {time.TotalSeconds / all * 100:0.###}%"))).Markup("</span>");
        }

        html.Markup("</div><ul class=\"legend\">");
        foreach (var (name, time) in parts)
        {
            html.Markup("<li>").Open("i", name).Markup("</i>");
            html.Text($"{name} {SummarySentence.Clock(time)} ({SummarySentence.Percent(time.TotalSeconds / all)})").Markup("</li>");
        }

        html.Markup("</ul>\n");
    }

    private static void Regressions(HtmlWriter html, TargetStory target)
    {
        var left = target.Summary?.Regressions ?? [];
        var reverted = target.Regressions.Where(r => r.Reverted).ToList();
        if (left.Count + reverted.Count == 0)
        {
            return;
        }

        html.Markup("<h2>Regressions</h2><ul>\n");
        foreach (var regression in left)
        {
            html.Element(
                "li",
                $"{regression.Id}: passed before and fails after; caused by {regression.CausedBy ?? "something that cannot be told"}",
                "bad").Markup("\n");
        }

        foreach (var regression in reverted)
        {
            html.Element("li", $"{regression.Item}: turned red by {regression.CausedBy ?? "something that cannot be told"}, which was taken back").Markup("\n");
        }

        html.Markup("</ul>\n");
    }

    private static void Reboots(HtmlWriter html, TargetStory target)
    {
        if (target.Reboots.Count == 0)
        {
            return;
        }

        html.Markup("""
            <h2>Reboots</h2>
            <table><thead><tr><th>Why</th><th>Boot id before</th><th>Boot id after</th><th>Kernel</th><th class="number">Time</th></tr></thead><tbody>

            """);
        foreach (var (intent, ended) in target.Reboots)
        {
            html.Markup("<tr>").Element("td", intent.Reason).Element("td", intent.BootId);
            html.Element("td", ended?.BootId ?? "did not come back", ended is null ? "bad" : null);
            html.Element("td", ended is null || ended.Kernel == intent.Kernel ? intent.Kernel : $"{intent.Kernel} → {ended.Kernel}");
            html.Element("td", ended is null ? "-" : Seconds(ended.Seconds), "number").Markup("</tr>\n");
        }

        html.Markup("</tbody></table>\n");
    }

    private static void Provenance(HtmlWriter html, TargetStory target)
    {
        html.Markup("<h2>Provenance</h2><dl>\n");
        foreach (var (name, value) in (target.Summary?.Provenance ?? new Dictionary<string, string>()).OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            HtmlReport.Term(html, name, value);
        }

        if (target.Facts is { } facts)
        {
            HtmlReport.Term(html, "system", $"{facts.OsName}, kernel {facts.Kernel}, {facts.Architecture}, {facts.Virtualization}");
            HtmlReport.Term(html, "undo", target.UndoKind);
        }

        foreach (var scan in target.Scans)
        {
            HtmlReport.Term(
                html,
                $"scan ({scan.Purpose})",
                $"{scan.Counts.Pass} pass, {scan.Counts.Fail} fail, {Seconds(scan.Seconds)}{(scan.RawResult is null ? "" : ", raw result " + scan.RawResult)}");
        }

        html.Markup("</dl>\n");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
