using System.Text.Json;
using Forge.Core.Proposals;
using Forge.Core.Proposals.HeldOut;

namespace Forge.Hardener.Data.Tests;

public sealed class ThresholdTests
{
    private static readonly JsonElement Right = JsonDocument.Parse("""{"action":"package","name":"a","state":"present"}""").RootElement;
    private static readonly JsonElement Wrong = JsonDocument.Parse("""{"action":"package","name":"b","state":"present"}""").RootElement;

    [Fact]
    public void A_few_lucky_answers_are_no_threshold() => Assert.True(Exam.Threshold([.. Answers(20, 0.9, isRight: true)]) > 1);

    [Fact]
    public void It_lies_where_49_of_50_are_still_right() =>
        Assert.Equal(0.8, Exam.Threshold([.. Answers(60, 0.9, isRight: true), .. Answers(10, 0.8, isRight: true), .. Answers(30, 0.7, isRight: false)]));

    [Fact]
    public void What_the_extractor_cannot_read_must_be_right_too() =>
        Assert.Equal(0.95, Exam.Threshold(
            [.. Answers(40, 0.95, isRight: true, isRead: true), .. Answers(25, 0.95, isRight: true), .. Answers(90, 0.9, isRight: true, isRead: true), .. Answers(1, 0.9, isRight: false)]));

    [Fact]
    public void A_few_texts_that_the_extractor_cannot_read_are_no_threshold() =>
        Assert.True(Exam.Threshold([.. Answers(90, 0.9, isRight: true, isRead: true), .. Answers(2, 0.95, isRight: true), .. Answers(1, 0.9, isRight: false)]) > 1);

    private static IEnumerable<ExamAnswer> Answers(int count, double confidence, bool isRight, bool isRead = false) => Enumerable.Range(0, count).Select(i => new ExamAnswer(
        new HeldOutRule($"r{i}", "dev", RuleWording.Content, new RuleText("t", "b", []), Right),
        isRead ? new ActionProposal(Right, 1, "p", []) : null, new ActionProposal(isRight ? Right : Wrong, confidence, "m", []), 0));
}
