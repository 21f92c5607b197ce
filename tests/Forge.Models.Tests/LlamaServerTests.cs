using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Forge.Core.Actions.Typed;
using Forge.Core.Errors;
using Forge.Models.OpenAI;
using Microsoft.Extensions.AI;

namespace Forge.Models.Tests;

/// <summary>The client against a real llama-server.</summary>
public sealed class LlamaServerTests : IClassFixture<LlamaServer>
{
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(10);
    private readonly LlamaServer _server;
    private readonly ITestOutputHelper _output;

    public LlamaServerTests(LlamaServer server, ITestOutputHelper output)
    {
        Assert.SkipWhen(LlamaServer.WhyNot is not null, LlamaServer.WhyNot ?? "");
        (_server, _output) = (server, output);
    }

    [Fact]
    public async Task An_answer_under_a_schema_is_JSON_of_that_schema_and_comes_with_its_tokens()
    {
        using var client = _server.Client();
        var schema = Json("""{"type":"object","properties":{"verdict":{"enum":["CONTINUE","PIVOT"]},"plan":{"type":"string","maxLength":600}},"required":["verdict","plan"],"additionalProperties":false}""");
        var response = await client.GetResponseAsync([new(ChatRole.System, "You judge."), new(ChatRole.User, "Well?")], Under(schema));
        Assert.Null(FaultOf(Json(response.Text), schema));
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.True(response.Usage is { InputTokenCount: > 20, OutputTokenCount: > 20 }, $"{response.Usage?.InputTokenCount} + {response.Usage?.OutputTokenCount}");
        // What was read once is not read again.
        var again = await client.GetResponseAsync([new(ChatRole.System, "You judge."), new(ChatRole.User, "Well?")], Under(schema));
        Assert.True(again.Usage?.CachedInputTokenCount > 20, $"{again.Usage?.CachedInputTokenCount} of {again.Usage?.InputTokenCount} from the cache");
    }

    [Fact]
    public async Task The_schema_of_the_whole_catalogue_is_taken_and_kept_to()
    {
        using var client = _server.Client();
        var schema = ProposalParser.SchemaFor(ActionCatalog.Default.Types.Select(t => t.Name), 6);
        var clock = Stopwatch.StartNew();
        var response = await client.GetResponseAsync([new(ChatRole.User, "Propose.")], Under(schema));
        _output.WriteLine($"{clock.Elapsed.TotalSeconds:0.00} s, {response.Usage?.OutputTokenCount} tokens: {response.Text.ReplaceLineEndings("")}");
        Assert.Null(FaultOf(Json(response.Text), schema));
    }

    [Fact]
    public async Task Every_type_and_format_of_action_alone_is_taken_and_kept_to()
    {
        using var client = _server.Client();
        foreach (var name in ActionCatalog.Default.Types.SelectMany(t => t.Formats.Count == 0 ? [t.Name] : t.Formats.Keys.Select(f => $"{t.Name}:{f}")))
        {
            var schema = ProposalParser.SchemaFor([name], 1);
            var response = await client.GetResponseAsync([new(ChatRole.User, "Propose.")], Under(schema));
            _output.WriteLine($"{name}: {response.Text.ReplaceLineEndings("")}");
            Assert.True(FaultOf(Json(response.Text), schema) is null, $"{name}: {response.Text}");
        }
    }

    [Fact]
    public async Task A_sequence_has_no_more_steps_than_it_may()
    {
        using var client = _server.Client();
        var schema = ProposalParser.SchemaFor(["service"], 6);
        var response = await client.GetResponseAsync([new(ChatRole.User, "Propose.")], Under(schema));
        Assert.Null(FaultOf(Json(response.Text), schema));
        Assert.Equal(6, Json(response.Text).GetProperty("steps").GetArrayLength());
    }

    [Fact]
    public async Task A_text_comes_in_pieces_and_ends_at_its_most_tokens()
    {
        using var client = _server.Client();
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync("Write.", new ChatOptions { MaxOutputTokens = 40, Temperature = 0 }))
        {
            updates.Add(update);
        }

        Assert.True(updates.Count(u => u.Text.Length > 0) > 10, $"{updates.Count} pieces");
        var response = updates.ToChatResponse();
        Assert.Equal(string.Concat(Enumerable.Repeat("xyz", 14))[..40], response.Text);
        Assert.Equal((40, ChatFinishReason.Length), (response.Usage!.OutputTokenCount, response.FinishReason));
    }

    [Fact]
    public async Task Cancelling_ends_the_work_on_the_server()
    {
        using var client = _server.Client();
        using var cancel = new CancellationTokenSource();
        var clock = new Stopwatch();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("Write.", new ChatOptions { Temperature = 0 }, cancel.Token))
            {
                if (update.Text.Length > 0 && !cancel.IsCancellationRequested)
                {
                    Assert.True(await _server.IsBusyAsync());
                    clock.Start();
                    await cancel.CancelAsync();
                }
            }
        });
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Seconds);
        await _server.UntilAsync(async () => !await _server.IsBusyAsync(), "it goes on with a request that was cancelled");
    }

    [Fact]
    public async Task A_prompt_beyond_the_context_is_a_fault_of_the_request_that_says_both_sizes()
    {
        using var client = _server.Client();
        var fault = await Assert.ThrowsAsync<ForgeException>(() => client.GetResponseAsync(new string('w', LlamaServer.Context + 1000)));
        _output.WriteLine($"{fault.Message} {fault.NextStep}");
        Assert.Equal(("ModelRequestRefused", ForgeErrorKind.BadInput), (fault.Id, fault.Kind));
        Assert.Contains($"{LlamaServer.Context} tokens", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_that_it_cannot_take_is_a_fault_of_the_request()
    {
        using var client = _server.Client();
        var fault = await Assert.ThrowsAsync<ForgeException>(() => client.GetResponseAsync("x", Under(Json("""{"type":"object","properties":{"a":{"$ref":"#/nowhere"}},"required":["a"]}"""))));
        _output.WriteLine($"{fault.Message} {fault.NextStep}");
        Assert.Equal(("ModelRequestRefused", ForgeErrorKind.BadInput), (fault.Id, fault.Kind));
    }

    [Fact]
    public async Task A_wrong_key_is_said_to_be_one()
    {
        using var client = _server.Client("another");
        Assert.Equal("ModelDenied", (await Assert.ThrowsAsync<ForgeException>(() => client.GetResponseAsync("x"))).Id);
    }

    [Fact]
    public async Task A_server_that_dies_while_it_answers_is_down_within_seconds()
    {
        await using var own = new LlamaServer();
        await own.InitializeAsync();
        using var client = own.Client();
        var clock = new Stopwatch();
        var fault = await Assert.ThrowsAsync<ForgeException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("Write.", new ChatOptions { Temperature = 0 }))
            {
                if (update.Text.Length > 0 && !clock.IsRunning)
                {
                    clock.Start();
                    own.Kill();
                }
            }
        });
        _output.WriteLine($"{clock.Elapsed.TotalSeconds:0.00} s: {fault.Message} {fault.NextStep}");
        Assert.Equal(("ModelUnreachable", ForgeErrorKind.Unreachable), (fault.Id, fault.Kind));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Seconds);
        Assert.Equal("ModelUnreachable", (await Assert.ThrowsAsync<ForgeException>(() => client.GetResponseAsync("x"))).Id);
    }

    private static ChatOptions Under(JsonElement schema) => new() { MaxOutputTokens = 4000, Temperature = 0, ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "worker") };

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    /// <summary>What of a value is not of its schema, for what the schemas of actions are made of.</summary>
    private static string? FaultOf(JsonElement value, JsonElement schema)
    {
        bool Has(string name, out JsonElement rule) => schema.TryGetProperty(name, out rule);
        if (Has("oneOf", out var choices))
        {
            return choices.EnumerateArray().Any(c => FaultOf(value, c) is null) ? null : $"{value} is none of the choices";
        }

        if ((Has("const", out var constant) && !JsonElement.DeepEquals(constant, value)) || (Has("enum", out var words) && !words.EnumerateArray().Any(w => JsonElement.DeepEquals(w, value))))
        {
            return $"{value} is not {schema}";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => schema.GetProperty("required").EnumerateArray().Where(r => !value.TryGetProperty(r.GetString()!, out _)).Select(r => $"{r} is missing")
                .Concat(value.EnumerateObject().Select(p => schema.GetProperty("properties").TryGetProperty(p.Name, out var rule) ? FaultOf(p.Value, rule) : $"{p.Name} is no property"))
                .FirstOrDefault(f => f is not null),
            JsonValueKind.Array => Has("items", out var items) && value.GetArrayLength() <= schema.GetProperty("maxItems").GetInt32()
                ? value.EnumerateArray().Select(v => FaultOf(v, items)).FirstOrDefault(f => f is not null) : $"{value} is too long",
            _ => (Has("maxLength", out var most) && value.GetString()!.Length > most.GetInt32()) || (Has("pattern", out var pattern) && !Regex.IsMatch(value.GetString()!, pattern.GetString()!))
                ? $"{value} is not {schema}" : null,
        };
    }
}
