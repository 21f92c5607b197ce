using Forge.Core.Comparison;
using Forge.Core.Errors;
using Forge.Models.Hardening;
using Forge.Shared;

namespace Forge.Models.Tests.Hardening;

public sealed class HardenerPromotionTests : IDisposable
{
    private readonly HardenerHome _home = new();
    private readonly RecordedHardeners _source = new RecordedHardeners().Knows("forge-hardener", i => i < 20).Knows("better", i => i < 34).Knows("alike", i => i is > 1 and < 24);

    public HardenerPromotionTests()
    {
        _home.Add("better", trainedIds: ["other"]);
        _home.Add("alike", trainedIds: ["other"]);
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task What_is_better_beyond_the_noise_is_enabled_with_the_figures()
    {
        var change = await DecideAsync("better");
        Assert.Equal((HardenerChangeKind.Enabled, "better", "forge-hardener", false), (change.Kind, change.Name, change.Before, change.Forced));
        Assert.StartsWith("Better: of 39 held-out rules, forge-hardener answers 19 exactly and better 33 (0 only the one, 14 only the other; +35.9 points", change.Decision, StringComparison.Ordinal);
        Assert.Equal((39, 19, 33, 0, 14, ComparisonVerdict.Better), (change.Figures!.Rules, change.Figures.ReferenceExact, change.Figures.Exact, change.Figures.OnlyReference, change.Figures.OnlyDifference, change.Figures.Verdict));
        Assert.Equal(2 * Math.Pow(0.5, 14), change.Figures.PValue, 12);
        Assert.Equal(["forge-hardener", "better"], _source.Opened);
        Assert.Equal(0, _source.Open);

        await _home.Shelf.RecordAsync(change, CancellationToken.None);
        Assert.Equal("better", _home.Shelf.Enabled()!.Name);
        Assert.Equal(change, Assert.Single(_home.Shelf.History()));
        Assert.Equal("HardenerEnabledAlready", (await Assert.ThrowsAsync<ForgeException>(() => DecideAsync("better"))).Id);
    }

    [Fact]
    public async Task What_is_within_the_noise_is_refused_in_plain_words_and_enabled_with_a_reason()
    {
        var refused = await DecideAsync("alike");
        Assert.Equal(HardenerChangeKind.Refused, refused.Kind);
        Assert.StartsWith("Not better than forge-hardener beyond the noise. No difference that the data can show: of 39 held-out rules", refused.Decision, StringComparison.Ordinal);
        Assert.Contains("Only 5 rules differ; fewer than 6 can never show one.", refused.Decision, StringComparison.Ordinal);
        Assert.Equal("ReasonNeeded", (await Assert.ThrowsAsync<ForgeException>(() => DecideAsync("alike", force: true))).Id);

        var forced = await DecideAsync("alike", "it knows our packages", force: true);
        Assert.Equal((HardenerChangeKind.Enabled, true, "it knows our packages"), (forced.Kind, forced.Forced, forced.Reason));
        Assert.Equal(refused.Figures, forced.Figures);
    }

    [Fact]
    public async Task A_refusal_changes_nothing_that_is_enabled()
    {
        await _home.Shelf.RecordAsync(await DecideAsync("alike"), CancellationToken.None);
        Assert.Equal("forge-hardener", _home.Shelf.Enabled()!.Name);
        Assert.Single(_home.Shelf.History());
    }

    [Fact]
    public async Task Switching_off_is_no_way_around_the_comparison()
    {
        await _home.Shelf.RecordAsync(await DecideAsync("better"), CancellationToken.None);
        Assert.Equal("ReasonNeeded", (await Assert.ThrowsAsync<ForgeException>(() => DecideAsync("None"))).Id);
        await _home.Shelf.RecordAsync(await DecideAsync("None", "tonight without"), CancellationToken.None);
        Assert.Null(_home.Shelf.Enabled());
        var refused = await DecideAsync("alike");
        Assert.Equal((HardenerChangeKind.Refused, "better", "None"), (refused.Kind, refused.Figures!.Reference, refused.Before));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_trained_on_held_out_rules_is_refused_whatever_is_said(bool force)
    {
        _home.Add("better", trainedIds: ["x", "r07", "r09"]);
        var fault = await Assert.ThrowsAsync<ForgeException>(() => DecideAsync("better", "please", force));
        Assert.Equal("HardenerTrainedOnHeldOut", fault.Id);
        Assert.Contains("2 of the held-out rules (r07, r09)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_trained_on_the_held_out_file_itself_is_refused()
    {
        _home.Add("better", data: await File.ReadAllTextAsync(_home.Shelf.HeldOutPath));
        Assert.Equal("HardenerTrainedOnHeldOut", (await Assert.ThrowsAsync<ForgeException>(() => DecideAsync("better"))).Id);
    }

    [Fact]
    public async Task That_nothing_says_what_a_model_was_trained_on_is_said()
    {
        File.Delete(Path.Combine(_home.Own, "better", "train-ids.txt"));
        Assert.Contains("has no train-ids.txt", (await DecideAsync("better")).Decision, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_with_another_digest_is_refused_whatever_is_said(bool force)
    {
        await File.AppendAllTextAsync(Path.Combine(_home.Own, "better", "better.gguf"), "more");
        Assert.Equal("HardenerFileChanged", (await Assert.ThrowsAsync<ForgeException>(() => DecideAsync("better", "please", force))).Id);
        Assert.Empty(_source.Opened);
    }

    [Fact]
    public async Task Without_held_out_rules_only_the_user_can_say_so_and_it_is_written_down()
    {
        File.Delete(_home.Shelf.HeldOutPath);
        Assert.Equal("HeldOutNotFound", (await Assert.ThrowsAsync<ForgeException>(() => DecideAsync("better"))).Id);
        var forced = await DecideAsync("better", "I measured it", force: true);
        Assert.Null(forced.Figures);
        Assert.StartsWith("Enabled by the user without a comparison, which failed: There is no file", forced.Decision, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_does_not_answer_in_time_is_not_judged_by_a_part_and_is_closed()
    {
        var silent = new RecordedHardeners { Silence = new TaskCompletionSource().Task }.Knows("forge-hardener", _ => true);
        var promotion = new HardenerPromotion(_home.Shelf, new HardenerContest(silent, TimeProvider.System), TimeProvider.System, "me");
        var fault = await Assert.ThrowsAsync<ForgeException>(() => promotion.DecideAsync("better", "", false, TimeSpan.FromMilliseconds(50), (_, _, _) => { }, CancellationToken.None));
        Assert.Equal(("ComparisonTimedOut", 0), (fault.Id, silent.Open));
        Assert.Contains("forge-hardener had answered 0 of 78 texts", fault.Message, StringComparison.Ordinal);
    }

    private Task<HardenerChange> DecideAsync(string name, string reason = "", bool force = false) =>
        new HardenerPromotion(_home.Shelf, new HardenerContest(_source, TimeProvider.System), TimeProvider.System, "me").DecideAsync(name, reason, force, TimeSpan.FromMinutes(1), (_, _, _) => { }, CancellationToken.None);
}
