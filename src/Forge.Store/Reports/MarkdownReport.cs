using System.Globalization;
using System.Text;
using Forge.Core.Journal;
using Forge.Core.Loop;

namespace Forge.Store.Reports;

/// <summary>A short text for tickets and chats: the sentence, before and after, what is left and why, what went wrong.</summary>
internal sealed class MarkdownReport(HostText text)
{
    private readonly StringBuilder _out = new();

    public string Write(RunStory story)
    {
        Line($"# {Words(story.Run.Skill)} on {Words(string.Join(", ", story.Run.Targets))}");
        Line("");
        foreach (var line in SummarySentence.Lines(story.Run, story.Summary))
        {
            Line(Words(line) + "  ");
        }

        if (!story.IsFinal)
        {
            Line("");
            Line("**The run has no final figures; these are added up from its journal so far.**");
        }

        foreach (var target in story.Targets.Where(t => t.Summary is not null))
        {
            WriteTarget(target, target.Summary!);
        }

        return _out.ToString();
    }

    private void WriteTarget(TargetStory target, TargetSummary summary)
    {
        Line("");
        Line($"## {Words(target.Name)}");
        Line("");
        Line("| | pass | fail | not applicable | not checked | error |");
        Line("|---|--:|--:|--:|--:|--:|");
        Line(Counts("before", summary.Before));
        Line(summary.After is { } after ? Counts("after", after) : "| after | - | - | - | - | - |");
        Line("");
        Line(string.Join(" · ", summary.Items.GroupBy(i => i.Outcome).OrderByDescending(g => g.Count()).Select(g => $"{g.Count()} {OutcomeWord.Of(g.Key)}")));
        if (target.Parked is { } parked)
        {
            Line("");
            Line($"Work on it stopped: {Words(parked.Reason)}");
        }

        WriteLeft(target, [.. summary.Items.Where(i => i.Outcome is not (ItemState.Remediated or ItemState.AlreadyPassing or ItemState.NotApplicable))]);
        foreach (var regression in summary.Regressions)
        {
            Line("");
            Line($"Regression: {Code(regression.Id)}, caused by {(regression.CausedBy is { } cause ? Code(cause) : "something that cannot be told")}");
        }

        foreach (var (intent, ended) in target.Reboots)
        {
            Line("");
            var proof = ended is null ? "did not come back" : $"boot id {Code(intent.BootId)} to {Code(ended.BootId)}, kernel {Words(ended.Kernel)}";
            Line($"Reboot ({Words(intent.Reason)}): {proof}.");
        }

        Line("");
        Line(string.Join(" · ", summary.Provenance.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{Words(p.Key)} {Words(p.Value)}")));
    }

    private void WriteLeft(TargetStory target, IReadOnlyList<ItemResult> left)
    {
        if (left.Count == 0)
        {
            return;
        }

        Line("");
        Line("| Item | Severity | Outcome | Attempts | Why |");
        Line("|---|---|---|--:|---|");
        foreach (var item in left)
        {
            var attempts = item.Attempts.ToString(CultureInfo.InvariantCulture);
            Line($"| {Code(item.Id)} | {item.Severity} | {OutcomeWord.Of(item.Outcome)} | {attempts} | {Words(item.Reason)}{Suggested(target.SuggestionFor(item))} |");
        }
    }

    private string Suggested(ActionSuggested? suggestion) => suggestion is null ? "" : $"; suggested by {Words(suggestion.Arm)} and not tried: {Words(suggestion.Summary)}";

    private static string Counts(string name, ScanCounts counts) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {counts.Pass} | {counts.Fail} | {counts.NotApplicable} | {counts.NotChecked} | {counts.Error} |");

    private string Code(string host) => $"`{text.Line(host).Replace('`', '\'').Replace("|", "\\|", StringComparison.Ordinal)}`";

    // CommonMark 2.4: a backslash before punctuation makes it text; angle brackets too, so that nothing of a host becomes HTML or a link.
    private string Words(string host)
    {
        var words = new StringBuilder();
        foreach (var c in text.Line(host))
        {
            if (@"\`*_[]<>|#&~".Contains(c, StringComparison.Ordinal))
            {
                words.Append('\\');
            }

            words.Append(c);
        }

        return words.ToString();
    }

    private void Line(string line) => _out.Append(line).Append('\n');
}
