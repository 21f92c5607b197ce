using System.Globalization;
using System.Text;
using Forge.Core.Proposals;
using Forge.Core.Statistics;

namespace Forge.Hardener.Data;

/// <summary>Figures of an exam: model, extractor, and both behind the gate, by set, wording and family.</summary>
internal static class ExamTable
{
    /// <summary>The whole table.</summary>
    /// <param name="answers">All answers.</param>
    /// <param name="modelAlone">Threshold of the gate.</param>
    /// <param name="hard">Tells which rules are about something that no training text names.</param>
    public static string Of(IReadOnlyList<ExamAnswer> answers, double modelAlone, HardSet hard)
    {
        var text = new StringBuilder();
        foreach (var part in answers.GroupBy(a => (a.Rule.Set, a.Rule.Wording)).OrderBy(g => g.Key.Set, StringComparer.Ordinal).ThenBy(g => g.Key.Wording))
        {
            var labelled = part.Where(a => a.Rule.Action is not null).ToList();
            text.Append(CultureInfo.InvariantCulture, $"\n{part.Key.Set}, {part.Key.Wording.ToString().ToLowerInvariant()} wording, {labelled.Count} rules with one typed action ({labelled.Count(a => a.IsSayable)} name it whole)\n");
            Rows(text, labelled, modelAlone);
            if (labelled.Where(hard.Holds).ToList() is { Count: > 0 } unseen)
            {
                text.Append(CultureInfo.InvariantCulture, $"  hard: {unseen.Count} of these are about something that no training text names\n");
                Rows(text, unseen, modelAlone);
            }

            foreach (var family in labelled.GroupBy(a => a.Rule.Family).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"    {family.Key,-24} {family.Count(),4}  model {family.Count(a => a.IsModelExact),4}  extractor {family.Count(a => a.IsExtractorExact),4}  gate {family.Count(a => a.Gated(modelAlone)?.Acts == true),4}, right {family.Count(a => a.IsRight(modelAlone)),4}\n");
            }

            var none = part.Where(a => a.Rule.Action is null).ToList();
            text.Append(CultureInfo.InvariantCulture, $"    without a typed action   {none.Count,4}  model proposes {none.Count(a => a.Modelled is not null)}, gate lets {none.Count(a => a.Gated(modelAlone)?.Acts == true)} through; right of all that it lets through {Share(part.Count(a => a.IsRight(modelAlone)), part.Count(a => a.Gated(modelAlone)?.Acts == true))}\n");
        }

        return text.ToString();
    }

    private static void Rows(StringBuilder text, List<ExamAnswer> answers, double modelAlone)
    {
        Row(text, "small model", answers, a => a.IsModelExact, a => a.Modelled is not null);
        Row(text, "extractor", answers, a => a.IsExtractorExact, a => a.Extracted is not null);
        Row(text, "gate", answers, a => a.IsRight(modelAlone), a => a.Gated(modelAlone)?.Acts == true);
    }

    private static void Row(StringBuilder text, string name, List<ExamAnswer> answers, Func<ExamAnswer, bool> isRight, Func<ExamAnswer, bool> isProposed)
    {
        var (right, proposed) = (answers.Count(isRight), answers.Count(isProposed));
        text.Append(CultureInfo.InvariantCulture, $"  {name,-12} exact {Share(right, answers.Count)}; proposed {Share(proposed, answers.Count)}; right of these {Share(right, proposed)}\n");
    }

    private static string Share(int count, int of) => of == 0 ? "0 of 0" : string.Create(CultureInfo.InvariantCulture, $"{count} of {of} = {100.0 * count / of:0.0} % ({WilsonInterval.Of(count, of)})");
}
