using System.Text.Json;
using Forge.Core.Errors;
using Forge.Models.OpenAI;
using Microsoft.Extensions.AI;

namespace Forge.Models.Tests;

/// <summary>The client against what a server sends, over real HTTP on loopback; the chunks have the form in which llama-server streams.</summary>
public sealed class OpenAIChatClientTests
{
    private const string Stream = """
        data: {"choices":[{"finish_reason":null,"index":0,"delta":{"role":"assistant","content":null}}],"created":1,"id":"c1","model":"m","object":"chat.completion.chunk"}

        data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":"{\"a\""}}],"created":1,"id":"c1","model":"m","object":"chat.completion.chunk"}

        data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":":1}"}}],"created":1,"id":"c1","model":"m","object":"chat.completion.chunk"}

        data: {"choices":[{"finish_reason":"stop","index":0,"delta":{}}],"created":1,"id":"c1","model":"m","object":"chat.completion.chunk"}

        data: {"choices":[],"created":1,"id":"c1","model":"m","object":"chat.completion.chunk","usage":{"completion_tokens":5,"prompt_tokens":11,"total_tokens":16,"prompt_tokens_details":{"cached_tokens":4}}}

        data: [DONE]


        """;

    [Fact]
    public async Task An_answer_comes_with_what_it_cost_and_the_schema_reaches_the_server()
    {
        await using var server = new LoopbackServer(200, "text/event-stream", Stream);
        using var client = new OpenAIChatClient(server.Endpoint, "m", "key-1");
        var options = new ChatOptions { MaxOutputTokens = 9, Temperature = 0.5f, ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonSerializer.Deserialize<JsonElement>("""{"type":"object"}"""), "worker") };
        var response = await client.GetResponseAsync([new(ChatRole.System, "role"), new(ChatRole.User, "question")], options);
        Assert.Equal("{\"a\":1}", response.Text);
        Assert.Equal((11, 4, 5), (response.Usage!.InputTokenCount, response.Usage.CachedInputTokenCount, response.Usage.OutputTokenCount));
        var sent = JsonSerializer.Deserialize<JsonElement>(server.Body);
        Assert.Equal("object", sent.GetProperty("response_format").GetProperty("json_schema").GetProperty("schema").GetProperty("type").GetString());
        Assert.True(sent.GetProperty("stream").GetBoolean());
        Assert.Equal(["system", "user"], sent.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("role").GetString()));
        Assert.Equal("Bearer key-1", server.Authorization);
    }

    [Theory]
    [InlineData(401, "ModelDenied", ForgeErrorKind.Unreachable)]
    [InlineData(400, "ModelRequestRefused", ForgeErrorKind.BadInput)]
    [InlineData(503, "ModelServerFailed", ForgeErrorKind.Unreachable)]
    public async Task A_refusal_says_what_it_was_without_the_key(int status, string id, ForgeErrorKind kind)
    {
        await using var server = new LoopbackServer(status, "application/json", """{"error":{"message":"no","type":"x","code":1}}""");
        using var client = new OpenAIChatClient(server.Endpoint, "m", "key-secret");
        var fault = await Assert.ThrowsAsync<ForgeException>(() => client.GetResponseAsync("x"));
        Assert.Equal((id, kind), (fault.Id, fault.Kind));
        Assert.DoesNotContain("key-secret", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_completion_is_said_to_be_none()
    {
        await using var server = new LoopbackServer(200, "text/event-stream", "data: <html>\n\n");
        using var client = new OpenAIChatClient(server.Endpoint, "m", null);
        Assert.Equal("ModelServerFailed", (await Assert.ThrowsAsync<ForgeException>(() => client.GetResponseAsync("x"))).Id);
    }

    /// <summary>Both as llama-server 0.7.0 says them; the second of an answer that its grammar allowed and its own reader did not.</summary>
    [Theory]
    [InlineData("Compute error.", "ModelServerFailed", ForgeErrorKind.Unreachable)]
    [InlineData("The model produced output that does not match the expected peg-native format", "ModelRequestRefused", ForgeErrorKind.BadInput)]
    public async Task What_goes_wrong_while_it_answers_is_told_in_the_servers_words(string message, string id, ForgeErrorKind kind)
    {
        await using var server = new LoopbackServer(200, "text/event-stream", $"data: {{\"error\":{{\"code\":500,\"message\":\"{message}\",\"type\":\"server_error\"}}}}\n\n");
        using var client = new OpenAIChatClient(server.Endpoint, "m", null);
        var fault = await Assert.ThrowsAsync<ForgeException>(() => client.GetResponseAsync("x"));
        Assert.Equal((id, kind), (fault.Id, fault.Kind));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("data: {\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{\"content\":\"{}\"}}],\"created\":1,\"id\":\"c1\",\"model\":\"m\",\"object\":\"chat.completion.chunk\"}\n\n")]
    public async Task An_answer_that_ends_before_it_is_finished_is_none(string stream)
    {
        await using var server = new LoopbackServer(200, "text/event-stream", stream);
        using var client = new OpenAIChatClient(server.Endpoint, "m", null);
        var fault = await Assert.ThrowsAsync<ForgeException>(() => client.GetResponseAsync("x"));
        Assert.Equal(("ModelServerFailed", ForgeErrorKind.Unreachable), (fault.Id, fault.Kind));
    }

    [Fact]
    public async Task Nobody_there_is_a_model_that_is_down()
    {
        Uri endpoint;
        await using (var server = new LoopbackServer(200, "text/plain", ""))
        {
            endpoint = server.Endpoint;
        }

        using var client = new OpenAIChatClient(endpoint, "m", null);
        var fault = await Assert.ThrowsAsync<ForgeException>(() => client.GetResponseAsync("x"));
        Assert.Equal(("ModelUnreachable", ForgeErrorKind.Unreachable), (fault.Id, fault.Kind));
    }
}
