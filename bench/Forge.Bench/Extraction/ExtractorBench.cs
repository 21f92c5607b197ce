using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Forge.Core.Extraction;
using Forge.Core.Skills;

namespace Forge.Bench.Extraction;

/// <summary>
/// How much of the content the extractor reads: its proposals against the actions that the vendor's own fixes come down to, by family and set, in the content's
/// words and in those of its checks by hand. A rule counts once in each wording, with the text that most data streams have.
/// </summary>
/// <param name="skill">Folder of the skill.</param>
/// <param name="rules">The export.</param>
internal sealed class ExtractorBench(string skill, string rules)
{
    private const int Shown = 3;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Tuned = ["train", "dev"];

    /// <summary>Runs it and writes the figures.</summary>
    /// <param name="file">Where the figures go.</param>
    /// <param name="final">Whether the set that is opened once is opened.</param>
    /// <param name="misses">How many kinds of miss on the sets for tuning are shown, with examples.</param>
    public int Run(string file, bool final, int misses)
    {
        var extractor = Extractor.Load(SkillLoader.Load(skill, ["xccdf"])) ?? throw new InvalidOperationException($"{skill} has no patterns");
        var records = RuleRecord.Read(rules, final);
        var clock = Stopwatch.StartNew();
        var readings = new List<Reading>();
        foreach (var wording in Wording.All)
        {
            readings.AddRange(records.Where(r => wording.Of(r) is not null).Select(r => new Reading(r, wording.Name, extractor.Propose(wording.Of(r)!))));
        }

        var each = clock.Elapsed.TotalMilliseconds / readings.Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"extractor: {readings.Count} texts of {records.Select(r => r.Id).Distinct().Count()} rules, {each:0.00} ms a text"));
        var commonest = readings.GroupBy(r => (r.Wording, r.Rule.Id)).Select(Commonest).ToList();
        var figures = Wording.All.SelectMany(w => Table(w.Name, [.. commonest.Where(r => r.Wording == w.Name)], [.. readings.Where(r => r.Wording == w.Name)]));
        File.WriteAllText(file, JsonSerializer.Serialize(figures, Indented));
        ShowMisses(commonest, misses, Path.ChangeExtension(file, ".misses.jsonl"));
        return 0;
    }

    // Of texts in as many streams the first: the export is sorted.
    private static Reading Commonest(IEnumerable<Reading> readings) => readings.OrderByDescending(r => r.Rule.Action is not null).ThenByDescending(r => r.Rule.Streams.Count).First();

    private static List<object> Table(string wording, IReadOnlyList<Reading> readings, IReadOnlyList<Reading> all)
    {
        var rows = new List<object>();
        Console.WriteLine($"\n{wording,-34} {"set",-6} {"n",5} {"proposed",9}  {"precision",-22} recall (95 %)");
        foreach (var set in readings.GroupBy(r => r.Rule.Set).OrderBy(g => Array.IndexOf(["train", "dev", "test", "final"], g.Key)))
        {
            var labelled = set.Where(r => r.Rule.Action is not null).ToList();
            foreach (var family in labelled.GroupBy(r => RuleRecord.FamilyOf(r.Rule)).OrderByDescending(g => g.Count()).Select(g => (Name: g.Key, Readings: g.ToList()))
                .Append((Name: "all with an action", Readings: labelled)).Append((Name: "the same, every text of theirs", Readings: [.. all.Where(r => r.Rule.Set == set.Key && r.Rule.Action is not null)])))
            {
                var score = Score.Of(family.Readings);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{family.Name,-34} {set.Key,-6} {score.Rules,5} {score.Proposed,9}  {score.Precision,-22} {score.Recall}"));
                rows.Add(new { wording, set = set.Key, family = family.Name, n = score.Rules, proposed = score.Proposed, exact = score.Exact, precision = score.Precision, recall = score.Recall });
            }

            foreach (var rest in set.Where(r => r.Rule.Action is null).GroupBy(r => RuleRecord.FamilyOf(r.Rule)))
            {
                var proposed = rest.Count(r => r.Proposal is not null);
                Console.WriteLine($"{rest.Key,-34} {set.Key,-6} {rest.Count(),5} {proposed,9}");
                rows.Add(new { wording, set = set.Key, family = rest.Key, n = rest.Count(), proposed });
            }
        }

        return rows;
    }

    // Only sets for tuning: to look at single rules of the others would be to tune on them.
    private static void ShowMisses(List<Reading> readings, int misses, string file)
    {
        var missed = readings.Where(r => Tuned.Contains(r.Rule.Set) && !r.IsExact && (r.Rule.Action is not null || (r.Rule.HasFix && r.Proposal is not null))).ToList();
        File.WriteAllLines(file, missed.Select(m => JsonSerializer.Serialize(new { m.Wording, kind = m.Miss, m.Rule.Id, wanted = m.Rule.Action, proposed = m.Proposal?.Action, why = m.Proposal?.Why }, Plain)));
        foreach (var kind in missed.GroupBy(r => (r.Wording, r.Miss)).OrderByDescending(g => g.Count()).Take(misses))
        {
            Console.WriteLine($"\n{kind.Count()} x [{kind.Key.Wording}] {kind.Key.Miss}");
            foreach (var one in kind.Take(Shown))
            {
                Console.WriteLine($"  {one.Rule.Id}\n    wanted   {one.Rule.Action?.GetRawText() ?? "-"}\n    proposed {(one.Proposal is null ? "-" : JsonSerializer.Serialize(one.Proposal.Action, Plain))} {one.Proposal?.Why}");
            }
        }
    }
}
