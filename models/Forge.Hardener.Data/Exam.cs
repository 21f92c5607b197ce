using System.Diagnostics;
using System.Text.Json;
using Forge.Core.Errors;
using Forge.Core.Extraction;
using Forge.Core.Proposals;
using Forge.Core.Proposals.HeldOut;
using Forge.Scap.Export;

namespace Forge.Hardener.Data;

/// <summary>Asks extractor and small model about every held-out rule, each rule once a wording.</summary>
internal static class Exam
{
    private const string Preferred = "debian12";

    /// <summary>Texts that a threshold must rest on.</summary>
    public const int FewestCases = 50;

    /// <summary>Those of them of which the extractor makes nothing.</summary>
    public const int FewestUnread = 20;

    /// <summary>The held-out texts of some sets, from an export.</summary>
    /// <param name="rules">The export.</param>
    /// <param name="sets">Names of sets.</param>
    /// <exception cref="ForgeException">Id <c>ExportUnreadable</c>.</exception>
    public static IReadOnlyList<HeldOutRule> Texts(string rules, IReadOnlyCollection<string> sets)
    {
        var texts = new List<HeldOutRule>();
        foreach (var rule in Read(rules).Where(r => sets.Contains(r.Set)).GroupBy(r => r.Id, StringComparer.Ordinal))
        {
            // One text for a rule: one with an action, of the machines that most of this project's figures come from, else the first.
            var one = rule.OrderByDescending(r => r.Action is not null).ThenByDescending(r => r.Streams.Contains(Preferred)).First();
            texts.Add(new HeldOutRule(one.Id, one.Set, RuleWording.Content, new RuleText(one.Title, one.Description, []), one.Action));
            if (one.Check.Length > 0)
            {
                texts.Add(new HeldOutRule(one.Id, one.Set, RuleWording.Check, new RuleText(one.Title, one.Check, []), one.Action));
            }
        }

        return texts;
    }

    /// <summary>Asks.</summary>
    public static async Task<IReadOnlyList<ExamAnswer>> AskAsync(IReadOnlyList<HeldOutRule> texts, Extractor extractor, SmallModelProposer model, CancellationToken cancellationToken)
    {
        var answers = new List<ExamAnswer>(texts.Count);
        foreach (var rule in texts)
        {
            var extracted = await extractor.ProposeAsync(rule.Text, cancellationToken);
            var start = Stopwatch.GetTimestamp();
            var modelled = await model.ProposeAsync(rule.Text, cancellationToken);
            answers.Add(new ExamAnswer(rule, extracted, modelled, Stopwatch.GetElapsedTime(start).TotalSeconds));
        }

        return answers;
    }

    /// <summary>
    /// The least threshold at which what the model proposes is right in at least 49 of 50 cases on these answers, over all texts (<see cref="FewestCases"/> at the least, so that
    /// some lucky answers prove nothing) and over those of which the extractor makes nothing (<see cref="FewestUnread"/>); just above 1, so that it never acts alone, where there is none.
    /// </summary>
    public static double Threshold(IReadOnlyCollection<ExamAnswer> dev)
    {
        var proposals = dev.Where(a => a.Modelled is not null).OrderByDescending(a => a.Modelled!.Confidence).ToList();
        var enough = proposals.Select(a => a.Modelled!.Confidence).Distinct()
            .Where(t => Suffice(proposals.TakeWhile(a => a.Modelled!.Confidence >= t), FewestCases) && Suffice(proposals.TakeWhile(a => a.Modelled!.Confidence >= t).Where(a => a.Extracted is null), FewestUnread))
            .ToList();
        return enough.Count > 0 ? enough.Min() : 1.01;
    }

    private static bool Suffice(IEnumerable<ExamAnswer> proposals, int fewest)
    {
        var (right, count) = (0, 0);
        foreach (var proposal in proposals)
        {
            (right, count) = (right + (proposal.IsModelExact ? 1 : 0), count + 1);
        }

        return count >= fewest && right >= 0.98 * count;
    }

    private static IEnumerable<ExportedRule> Read(string file)
    {
        foreach (var (index, line) in File.ReadLines(file).Index())
        {
            ExportedRule? rule;
            try
            {
                rule = JsonSerializer.Deserialize<ExportedRule>(line);
            }
            catch (JsonException e)
            {
                throw new ForgeException("ExportUnreadable", ForgeErrorKind.BadInput, $"{file}({index + 1}) is no exported rule: {e.Message}", "Write it anew with: Forge.Hardener.Data export.", file, e);
            }

            yield return rule!;
        }
    }
}
