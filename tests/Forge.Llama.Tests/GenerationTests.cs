using System.Text;
using System.Text.Json;
using Forge.Core.Errors;
using Forge.Testing.Gguf;
using Microsoft.Extensions.AI;

namespace Forge.Llama.Tests;

public sealed class GenerationTests : IDisposable
{
    private readonly ModelLab _lab = new();

    [Fact]
    public async Task The_likeliest_text_is_the_same_every_time_and_in_a_fresh_process()
    {
        var file = _lab.Model();
        await using var first = ModelLab.Client(file);
        await using var second = ModelLab.Client(file);
        var one = await first.GetResponseAsync("service sshd", ModelLab.Options(40));
        var again = await first.GetResponseAsync("service sshd", ModelLab.Options(40));
        var fresh = await second.GetResponseAsync("service sshd", ModelLab.Options(40));
        Assert.NotEmpty(one.Text);
        Assert.Equal(one.Text, again.Text);
        Assert.Equal(one.Text, fresh.Text);
    }

    [Fact]
    public async Task Streamed_pieces_make_the_whole_text()
    {
        await using var client = _lab.Client();
        var whole = await client.GetResponseAsync("abc", ModelLab.Options(60));
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync("abc", ModelLab.Options(60)))
        {
            updates.Add(update);
        }

        Assert.Equal(whole.Text, string.Concat(updates.Select(u => u.Text)));
        Assert.True(updates.Count > 10, $"{updates.Count} updates");
        Assert.Equal(whole.FinishReason, updates[^1].FinishReason);
        Assert.Equal(whole.Usage!.OutputTokenCount, updates[^1].Contents.OfType<UsageContent>().Single().Details.OutputTokenCount);
    }

    [Fact]
    public async Task Tokens_and_times_are_reported_apart()
    {
        await using var client = _lab.Client();
        var response = await client.GetResponseAsync("one two three", ModelLab.Options(20));
        var next = await client.GetResponseAsync("one two three", ModelLab.Options(20));
        Assert.Equal(20, response.Usage!.OutputTokenCount);
        Assert.Equal(ChatFinishReason.Length, response.FinishReason);
        Assert.True(response.Usage.InputTokenCount > 13);
        Assert.True((double)response.AdditionalProperties![LlamaProperties.LoadMs]! > 0);
        Assert.Equal(0.0, next.AdditionalProperties![LlamaProperties.LoadMs]);
        Assert.True((double)next.AdditionalProperties[LlamaProperties.PromptMs]! > 0);
        Assert.True((double)next.AdditionalProperties[LlamaProperties.GenerationMs]! > 0);
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_and_another_one_something_else()
    {
        await using var client = _lab.Client();
        var options = new ChatOptions { MaxOutputTokens = 40, Temperature = 1.2f, Seed = 7 };
        var one = await client.GetResponseAsync("x", options);
        var same = await client.GetResponseAsync("x", options);
        var other = await client.GetResponseAsync("x", new ChatOptions { MaxOutputTokens = 40, Temperature = 1.2f, Seed = 8 });
        var narrow = await client.GetResponseAsync("x", new ChatOptions { MaxOutputTokens = 40, Temperature = 1.2f, Seed = 8, TopK = 1 });
        var likeliest = await client.GetResponseAsync("x", ModelLab.Options(40));
        Assert.Equal(one.Text, same.Text);
        Assert.NotEqual(one.Text, other.Text);
        Assert.Equal(likeliest.Text, narrow.Text);
    }

    [Fact]
    public async Task What_was_computed_before_is_taken_from_the_cache()
    {
        await using var client = _lab.Client();
        var text = "The system must use a separate file system for logs. " + new string('x', 100);
        var cold = await client.GetResponseAsync(text, ModelLab.Options(8));
        var warm = await client.GetResponseAsync(text, ModelLab.Options(8));
        var longer = await client.GetResponseAsync(text + " And more.", ModelLab.Options(8));
        Assert.Equal(0, cold.Usage!.CachedInputTokenCount);
        Assert.Equal(warm.Usage!.InputTokenCount - 1, warm.Usage.CachedInputTokenCount);
        Assert.Equal(cold.Text, warm.Text);
        Assert.InRange(longer.Usage!.CachedInputTokenCount!.Value, 140, longer.Usage.InputTokenCount!.Value - 10);
    }

    [Fact]
    public async Task Several_requests_at_once_get_what_each_gets_alone()
    {
        await using var client = _lab.Client(with: o => o with { Parallel = 3 });
        var prompts = Enumerable.Range(0, 7).Select(i => $"request number {i} {new string((char)('a' + i), 5 + (9 * i))}").ToList();
        var alone = new List<string>();
        foreach (var prompt in prompts)
        {
            alone.Add((await client.GetResponseAsync(prompt, ModelLab.Options(24))).Text);
        }

        var together = await Task.WhenAll(prompts.Select(p => client.GetResponseAsync(p, ModelLab.Options(24))));
        Assert.Equal(alone, together.Select(r => r.Text));
        Assert.True(alone.Distinct().Count() > 1);
    }

    [Fact]
    public async Task A_schema_binds_the_answer()
    {
        await using var client = _lab.Client();
        using var schema = JsonDocument.Parse("""
            {"type":"object","properties":{"kind":{"enum":["sysctl","package","service"]},"name":{"type":"string","pattern":"^[a-z][a-z0-9_.]{0,20}$"},
            "value":{"type":"integer"},"on":{"type":"boolean"},"tags":{"type":"array","items":{"type":"string","maxLength":4},"maxItems":3}},
            "required":["kind","name","value","on","tags"],"additionalProperties":false}
            """);
        foreach (var (temperature, seed) in new[] { (0f, 1), (1.5f, 1), (1.5f, 2), (1.5f, 3) })
        {
            var options = new ChatOptions { MaxOutputTokens = 300, Temperature = temperature, Seed = seed, ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement) };
            var response = await client.GetResponseAsync("fix it", options);
            Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
            using var answer = JsonDocument.Parse(response.Text);
            Assert.Equal(["kind", "name", "value", "on", "tags"], answer.RootElement.EnumerateObject().Select(p => p.Name));
            Assert.Contains(answer.RootElement.GetProperty("kind").GetString(), new[] { "sysctl", "package", "service" });
            Assert.Matches("^[a-z][a-z0-9_.]{0,20}$", answer.RootElement.GetProperty("name").GetString());
            Assert.True(answer.RootElement.GetProperty("tags").EnumerateArray().All(t => t.GetString()!.EnumerateRunes().Count() <= 4));
        }
    }

    [Fact]
    public async Task A_grammar_of_ones_own_binds_the_answer_and_a_wrong_one_is_refused_with_its_fault()
    {
        await using var client = _lab.Client();
        var yes = await client.GetResponseAsync("?", ModelLab.Options(10, (LlamaProperties.Grammar, "root ::= \"yes\" | \"no\"")));
        var fault = await Assert.ThrowsAsync<ForgeException>(() => client.GetResponseAsync("?", ModelLab.Options(10, (LlamaProperties.Grammar, "root ::= \"yes"))));
        var after = await client.GetResponseAsync("?", ModelLab.Options(10, (LlamaProperties.Grammar, "root ::= \"yes\" | \"no\"")));
        Assert.Contains(yes.Text, new[] { "yes", "no" });
        Assert.Equal("ModelGrammarInvalid", fault.Id);
        Assert.Equal(yes.Text, after.Text);
    }

    [Fact]
    public async Task An_answer_goes_on_from_its_given_begin()
    {
        await using var client = _lab.Client();
        var whole = await client.GetResponseAsync("abc", ModelLab.Options(12, (LlamaProperties.Prefix, "")));
        var first = new StringBuilder();
        first.Append(whole.Text.AsSpan(0, 1));
        var raw = await client.GetResponseAsync("abc" + first, ModelLab.Options(4, (LlamaProperties.Raw, true)));
        var prefixed = await client.GetResponseAsync("abc", ModelLab.Options(4, (LlamaProperties.Raw, true), (LlamaProperties.Prefix, first.ToString())));
        Assert.Equal(raw.Text, prefixed.Text);
        Assert.Equal(raw.Usage!.InputTokenCount, prefixed.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task A_stop_word_ends_the_text_and_is_not_part_of_it()
    {
        await using var client = _lab.Client();
        var whole = (await client.GetResponseAsync("stop here", ModelLab.Options(30))).Text;
        var word = whole.Substring(10, 3);
        var options = ModelLab.Options(30);
        options.StopSequences = [word];
        var cut = await client.GetResponseAsync("stop here", options);
        var streamed = new StringBuilder();
        await foreach (var update in client.GetStreamingResponseAsync("stop here", options))
        {
            streamed.Append(update.Text);
        }

        Assert.Equal(whole[..whole.IndexOf(word, StringComparison.Ordinal)], cut.Text);
        Assert.Equal(cut.Text, streamed.ToString());
        Assert.Equal(ChatFinishReason.Stop, cut.FinishReason);
    }

    [Fact]
    public async Task The_models_own_template_is_used_where_there_is_one_and_said()
    {
        await using var plain = _lab.Client();
        await using var own = _lab.Client(new TinyGguf { ChatTemplate = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}" });
        await using var unknown = _lab.Client(new TinyGguf { ChatTemplate = "{{ raise_exception('no') }}" });
        Assert.Equal("plain", (await plain.GetResponseAsync("hi", ModelLab.Options(2))).AdditionalProperties![LlamaProperties.Template]);
        Assert.Equal("model", (await own.GetResponseAsync("hi", ModelLab.Options(2))).AdditionalProperties![LlamaProperties.Template]);
        Assert.Equal("plain", (await unknown.GetResponseAsync("hi", ModelLab.Options(2))).AdditionalProperties![LlamaProperties.Template]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}")]
    public async Task A_control_token_in_a_message_is_text_and_no_markup(string? template)
    {
        await using var client = _lab.Client(new TinyGguf { ChatTemplate = template });
        var harmless = await client.GetResponseAsync("a<!s>b", ModelLab.Options(2));
        var hostile = await client.GetResponseAsync("a</s>b", ModelLab.Options(2));
        var markup = await client.GetResponseAsync("a</s>b", ModelLab.Options(2, (LlamaProperties.Raw, true)));
        // Each byte is a token here: as markup it would be one instead of four.
        Assert.Equal(harmless.Usage!.InputTokenCount, hostile.Usage!.InputTokenCount);
        Assert.Equal(4, markup.Usage!.InputTokenCount);
    }

    public void Dispose() => _lab.Dispose();
}
