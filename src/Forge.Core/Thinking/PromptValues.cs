using System.Text;
using Forge.Core.Actions.Typed;
using Forge.Core.Findings;
using Forge.Core.Loop;
using Forge.Core.Memory;
using Forge.Core.Prompts;
using Forge.Core.Skills;

namespace Forge.Core.Thinking;

/// <summary>What fills the places of prompts. Everything that a host or a content says is labelled as data. Pure.</summary>
internal static class PromptValues
{
    private const int MostTips = 5;

    /// <summary>The texts by place.</summary>
    public static Dictionary<string, string> Of(SkillSession session, ItemEntry entry, IEnumerable<ActionType> tools, IReadOnlyList<Tip> tips, string trigger) => new(StringComparer.Ordinal)
    {
        ["tools"] = ToolText.Of(tools, session.Skill.Thinking.Steps),
        ["skill"] = $"{session.Skill.Title}. {session.Skill.Description}".Trim(),
        ["item"] = Item(entry.Finding),
        ["facts"] = Facts(session),
        ["lessons"] = Lessons(session, tips),
        ["plan"] = entry.Thinking.Plans is [.., var last] ? UntrustedText.Label(last.Plan.Plan, 800) : "",
        ["attempts"] = Attempts(entry),
        ["trigger"] = trigger,
    };

    // What another host said stays there: of it only what was verified counts, without its words. Goals share nothing but their skill.
    private static string Lessons(SkillSession session, IReadOnlyList<Tip> tips) => !session.Skill.Thinking.BoundToItem ? "" : string.Join('\n', tips
        .Where(t => t.Target == session.Target.Name || t.Outcome == FailureMode.None).Take(MostTips)
        .Select(t => t.Target == session.Target.Name ? $"- {t.Arm} on this host: {t.Outcome}, {UntrustedText.Label(t.Mechanism, 300)}" : $"- {t.Arm} on another host: verified"));

    private static string Item(Finding finding)
    {
        var text = new StringBuilder();
        text.Append("id: ").AppendLine(finding.Id).Append("title: ").AppendLine(UntrustedText.Clean(finding.Title)).Append("severity: ").AppendLine(finding.Severity.ToString());
        if (finding.Description.Length > 0)
        {
            text.Append("description: ").AppendLine(UntrustedText.Label(finding.Description));
        }

        if (finding.Resources.Count > 0)
        {
            text.Append("touches: ").AppendLine(string.Join(", ", finding.Resources.Take(20).Select(r => $"{r.Kind} {UntrustedText.Clean(r.Name)}")));
        }

        if (finding.Evidence.Length > 0)
        {
            text.Append("the check says: ").AppendLine(UntrustedText.Label(finding.Evidence, 1200));
        }

        return text.ToString().TrimEnd();
    }

    private static string Facts(SkillSession session) => $"{session.Facts.OsName}, {session.Facts.OsId} {session.Facts.OsVersion}, kernel {session.Facts.Kernel}, {session.Facts.Architecture}";

    private static string Attempts(ItemEntry entry)
    {
        // The newest matter most: they come first, so that a cut takes the oldest.
        var lines = entry.Thinking.Proposals.Reverse().Select(t =>
            $"- {(t.Arm == Worker.Arm ? $"turn {t.Turn}" : t.Arm)}: {UntrustedText.Clean(TokenEstimate.Cut(t.Proposal, 150))} -> {(t.Mode == FailureMode.None ? "held" : t.Mode)}: {UntrustedText.Label(t.Reason, 400)}{(t.Lesson.Length > 0 ? $" lesson: {UntrustedText.Label(t.Lesson, 300)}" : "")}");
        var content = entry.Failures.Count > 0 && entry.Thinking.Proposals.Count == 0 ? [$"- the vendor's own fix: {UntrustedText.Label(entry.Failures[^1], 400)}"] : Array.Empty<string>();
        var suggestion = entry.Thinking.Suggestion is { } held
            ? [$"- a suggestion, not tried and not proven ({held.Arm}; {held.Why}): {UntrustedText.Clean(TokenEstimate.Cut(held.Proposal, 150))}"]
            : Array.Empty<string>();
        return string.Join('\n', lines.Concat(content).Concat(suggestion));
    }
}
