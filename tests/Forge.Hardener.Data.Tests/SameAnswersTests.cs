using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Forge.Hardener.Data.Tests;

public sealed class SameAnswersTests
{
    [Theory]
    [InlineData("ab", "ab", 3.0, 0)]
    [InlineData("ab", "ac", 0.001, 0)]
    [InlineData("ab", "ac", 0.5, 1)]
    [InlineData("ab", "xb", 0.001, 1)]
    [InlineData("abcd", "abcx", 0.001, 1)]
    [InlineData("abcd", "a", 0.001, 0)]
    public async Task Another_answer_is_a_fault_unless_two_tokens_were_as_likely_just_there(string expected, string said, double margin, int code)
    {
        var file = Path.GetTempFileName();
        var same = Enumerable.Repeat(Line("q", "yes", 9, ""), 99);
        await File.WriteAllLinesAsync(file, [.. same, Line("odd", expected, margin, "a")], TestContext.Current.CancellationToken);
        using var client = new Says(p => p == "odd" ? said : "yes");

        Assert.Equal(code, await SameAnswers.RunAsync(file, client, TextWriter.Null, TestContext.Current.CancellationToken));
        File.Delete(file);
    }

    [Fact]
    public async Task More_ties_than_one_in_a_few_answers_are_a_fault()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, Enumerable.Repeat(Line("odd", "ab", 0.001, "a"), 2), TestContext.Current.CancellationToken);
        using var client = new Says(_ => "ac");

        Assert.Equal(1, await SameAnswers.RunAsync(file, client, TextWriter.Null, TestContext.Current.CancellationToken));
        File.Delete(file);
    }

    private static string Line(string prompt, string answer, double margin, string before) => JsonSerializer.Serialize(new { prompt, answer, margin, before, token = "b" });

    private sealed class Says(Func<string, string> answer) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer(messages.Single().Text))));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("answers are not streamed here");

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
