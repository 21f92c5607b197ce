using System.Text;
using Forge.Core.Ordering;
using Forge.Core.Skills;

namespace Forge.Core.Decisions;

/// <summary>Writes a decision file to fill in. Pure. What is not filled in is not given, so that the file can be used at once for a part.</summary>
public static class DecisionTemplate
{
    private const int Width = 140;

    /// <summary>The decisions of a skill that items wait for, in the skill's order.</summary>
    /// <param name="skill">The skill.</param>
    /// <param name="items">Target and id of each item.</param>
    public static IReadOnlyList<WantedDecision> For(Skill skill, IEnumerable<(string Target, string Id)> items)
    {
        var order = new WorkOrder(skill);
        var wanted = items.Select(i => (i.Target, i.Id, Decision: order.DecisionFor(new Findings.Finding { Id = i.Id, Target = i.Target, Skill = skill.Name, Title = i.Id })))
            .Where(i => i.Decision is { Action: not null }).ToList();
        return [.. skill.Decisions.Where(d => wanted.Any(w => w.Decision == d)).Select(d => new WantedDecision(d, [.. wanted.Where(w => w.Decision == d).Select(w => (w.Target, w.Id))]))];
    }

    /// <summary>The text of the file.</summary>
    /// <param name="skill">The skill.</param>
    /// <param name="wanted">What to ask for.</param>
    /// <param name="offers">What targets have, for inputs that take a device.</param>
    public static string Write(Skill skill, IReadOnlyList<WantedDecision> wanted, IReadOnlyList<DecisionOffer> offers)
    {
        var text = new StringBuilder();
        Comment(text, "", "Decisions for Forge. Fill in what you decide and leave the rest empty: what is empty is not given, and its items go on to end as needs-decision.");
        Comment(text, "", "Then: Invoke-ForgeTask … -Decision <this file>. Giving a decision approves the action that the skill makes of it, also where that cannot be taken back; -WhatIf shows it first.");
        text.Append("skill: ").Append(skill.Name).Append("\n\n# For every target; an input under targets goes before the one here.\ndefault:\n");
        foreach (var (decision, items) in wanted)
        {
            text.Append('\n');
            Comment(text, "  ", $"{char.ToUpperInvariant(decision.Needs[0])}{decision.Needs[1..]}.{(decision.NeedsReboot ? " Complete after a reboot." : "")}");
            foreach (var target in items.GroupBy(i => i.Target, StringComparer.Ordinal))
            {
                Comment(text, "  ", $"{target.Key}: {string.Join(", ", target.Select(t => t.Id).Distinct(StringComparer.Ordinal))}");
            }

            text.Append("  ").Append(decision.Name).Append(":\n");
            foreach (var input in decision.Inputs)
            {
                Input(text, input, [.. offers.Where(_ => input.Type == DecisionInputType.Device)]);
            }
        }

        return text.Append("\n# targets:\n#   web01:\n#     ").Append(wanted.Count > 0 ? wanted[0].Decision.Name : "a-decision").Append(":\n#       …\n")
            .Append("\n# What is to win where rules contradict each other, the first one first.\n# prefer: ['package:chrony']\n").ToString();
    }

    private static void Input(StringBuilder text, DecisionInput input, IReadOnlyList<DecisionOffer> offers)
    {
        var kind = $"{(input.Required ? "required" : "optional")}, {input.Type.ToString().ToLowerInvariant()}{(input.IsSecret ? ", kept out of logs" : "")}";
        Comment(text, "    ", $"{input.Description} ({kind}){(input.Example.Length > 0 ? $" For example {input.Example}" : "")}");
        foreach (var offer in offers)
        {
            Comment(text, "    ", $"{offer.Target} has {offer.Value}: {offer.Detail}, empty as far as it can be seen");
        }

        text.Append("    ").Append(input.Name).Append(":\n");
    }

    private static void Comment(StringBuilder text, string indent, string words)
    {
        var line = new StringBuilder(indent).Append('#');
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + word.Length + 1 > Width)
            {
                text.Append(line).Append('\n');
                line.Clear().Append(indent).Append('#');
            }

            line.Append(' ').Append(word);
        }

        text.Append(line).Append('\n');
    }
}
