using System.Text.Json;
using Forge.Core.Comparison;
using Forge.Core.Errors;
using Forge.Core.Proposals;
using Forge.Core.Proposals.HeldOut;
using FsCheck;
using FsCheck.Fluent;

namespace Forge.Core.Tests.Proposals;

public sealed class ProposalComparerTests
{
    private static readonly JsonElement Right = Json("""{"action":"package","name":"a","state":"absent"}""");
    private static readonly JsonElement Setting = Json("""{"action":"set-config","format":"sshd","key":"A","value":"no"}""");

    [Fact]
    public void What_is_better_is_said_with_the_test_and_the_interval()
    {
        var comparison = Compare("..........xxxxxxxxxx", "xxxxxxxxxxxxxxxxxxxx");
        Assert.Equal((ComparisonVerdict.Better, 10, 0, 10, 0), (comparison.Verdict, comparison.Both, comparison.OnlyReference, comparison.OnlyDifference, comparison.Neither));
        Assert.Equal(2 * Math.Pow(0.5, 10), comparison.PValue, 12);
        Assert.StartsWith("Better: of 20 held-out rules, one answers 10 exactly and two 20 (0 only the one, 10 only the other; +50.0 points, 95 % interval ", comparison.Sentence, StringComparison.Ordinal);
        Assert.Equal(10, comparison.Disagreements.Count);
    }

    [Fact]
    public void Within_the_noise_nothing_is_claimed()
    {
        var comparison = Compare("xxxxxxxxxx....xxxxxx", "xxxxxxxxxxxxxx......");
        Assert.StartsWith("No difference that the data can show: ", comparison.Sentence, StringComparison.Ordinal);
        Assert.Equal(ComparisonVerdict.NoDifferenceShown, comparison.Verdict);
        Assert.Contains("With 3 rules no outcome could have shown one: at least 6 must differ.", Compare("...", "xxx").Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_verdict_turns_with_the_sides()
        => Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyArray<(bool One, bool Two)>>(), rules =>
        {
            string Of(Func<(bool One, bool Two), bool> side) => string.Concat(rules.Get.Select(r => side(r) ? 'x' : '.'));
            var (there, back) = (Compare(Of(r => r.One), Of(r => r.Two)), Compare(Of(r => r.Two), Of(r => r.One)));
            return there.PValue == back.PValue && Math.Abs(there.Change + back.Change) < 1e-12 && there.ByFamily.Sum(f => f.Rules) == rules.Get.Length
                && (there.Verdict, back.Verdict) is (ComparisonVerdict.NoDifferenceShown, ComparisonVerdict.NoDifferenceShown) or (ComparisonVerdict.Better, ComparisonVerdict.Worse) or (ComparisonVerdict.Worse, ComparisonVerdict.Better);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_rule_counts_once_as_most_of_its_texts()
    {
        HeldOutRule[] texts = [Rule("a", RuleWording.Content, Right), Rule("a", RuleWording.Check, Right), Rule("a", RuleWording.Check, Right), Rule("b", RuleWording.Content, Right)];
        var comparison = ProposalComparer.Compare("one", Answers(texts, "x..x"), "two", Answers(texts, "xx.."));
        Assert.Equal((2, 4, 1, 1), (comparison.Rules, comparison.Texts, comparison.OnlyReference, comparison.OnlyDifference));
        Assert.Contains("A rule counts once, as most of its up to 3 texts.", comparison.Sentence, StringComparison.Ordinal);
        Assert.Equal(["content: 2 | 1 of 2", "check: 0 | 0 of 1"], comparison.ByWording.Select(w => w.ToString().Split(" (")[0]));
    }

    [Fact]
    public void Families_are_told_apart_and_one_of_many_that_differs_by_luck_is_not_called_better()
    {
        HeldOutRule[] texts = [.. Enumerable.Range(0, 6).Select(i => Rule($"p{i}", RuleWording.Content, Right)), .. Enumerable.Range(0, 5).Select(i => Rule($"s{i}", RuleWording.Content, Setting)), Rule("n", RuleWording.Content, null)];
        var comparison = ProposalComparer.Compare("one", Answers(texts, "......xxxxxx"), "two", Answers(texts, "xxxxxxxxxxxx"));
        Assert.Equal(["package", "set-config:sshd", "none"], comparison.ByFamily.Select(f => f.Name));
        var packages = comparison.ByFamily[0];
        Assert.Equal(2.0 / 64, packages.PValue, 12);
        Assert.Equal(ComparisonVerdict.NoDifferenceShown, packages.Verdict);
        Assert.Equal(ComparisonVerdict.Better, comparison.Verdict);
    }

    [Fact]
    public void No_answer_is_right_where_there_is_no_action_and_spelling_does_not_count()
    {
        var spelled = Json("""{"state":"absent","name":"a","action":"package"}""");
        Assert.True(new HeldOutAnswer(Rule("a", RuleWording.Content, Right), new(spelled, 1, "", []), 0).IsExact);
        Assert.False(new HeldOutAnswer(Rule("a", RuleWording.Content, Right), null, 0).IsExact);
        Assert.False(new HeldOutAnswer(Rule("a", RuleWording.Content, null), new(spelled, 1, "", []), 0).IsExact);
        Assert.True(new HeldOutAnswer(Rule("a", RuleWording.Content, null), null, 0).IsExact);
    }

    [Fact]
    public void Other_texts_are_not_compared()
    {
        HeldOutRule[] one = [Rule("a", RuleWording.Content, Right)], other = [Rule("b", RuleWording.Content, Right)];
        Assert.Equal("NothingToCompare", Assert.Throws<ForgeException>(() => ProposalComparer.Compare("one", Answers(one, "x"), "two", Answers(other, "x"))).Id);
        Assert.Equal("NothingToCompare", Assert.Throws<ForgeException>(() => ProposalComparer.Compare("one", [], "two", [])).Id);
    }

    private static ProposalComparison Compare(string reference, string difference)
    {
        HeldOutRule[] texts = [.. reference.Select((_, i) => Rule($"r{i:000}", RuleWording.Content, Right))];
        return ProposalComparer.Compare("one", Answers(texts, reference), "two", Answers(texts, difference));
    }

    /// <summary>Answers to texts as letters: x exact, another wrong.</summary>
    private static List<HeldOutAnswer> Answers(IReadOnlyList<HeldOutRule> texts, string letters) =>
        [.. texts.Zip(letters, (t, l) => new HeldOutAnswer(t, (l, t.Action) switch { ('x', { } action) => new(action, 1, "", []), ('x', null) => null, _ => new(Json("""{"action":"package","name":"wrong","state":"present"}"""), 1, "", []) }, 0.01))];

    private static HeldOutRule Rule(string id, RuleWording wording, JsonElement? action) => new(id, "test", wording, new RuleText(id, $"{wording}", []), action);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
