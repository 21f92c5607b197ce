using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Core.Models;
using Forge.Core.Prompts;
using Forge.Core.Thinking;
using Microsoft.Extensions.AI;

namespace Forge.Core.Tests.Thinking;

public class ModelCallerTests
{
    private static readonly JsonElement Schema = JsonSerializer.Deserialize<JsonElement>("""{"type":"object"}""");
    private readonly List<ForgeEvent> _written = [];
    private readonly Blobs _blobs = new();

    [Fact]
    public async Task Request_answer_and_cost_are_written_down_whole()
    {
        var caller = Caller(new Spoken(["{\"a\"", ":1}"]), out var model);
        var answer = await caller.AskAsync(Question(model), CancellationToken.None);
        Assert.Equal("{\"a\":1}", answer.Text);
        var asked = Assert.IsType<ModelAsked>(Assert.Single(_written));
        Assert.Equal((7, 3, 2), (asked.Usage.Input, asked.Usage.Cached, asked.Usage.Output));
        Assert.Equal("{\"a\":1}", _blobs.Text(asked.Answer!));
        Assert.Contains("the whole prompt", _blobs.Text(asked.Request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_down_is_asked_three_times_within_seconds_and_then_lost()
    {
        var caller = Caller(new Broken(), out var model);
        var fault = await Assert.ThrowsAsync<ForgeException>(() => caller.AskAsync(Question(model), CancellationToken.None));
        Assert.Equal("ModelDown", fault.Id);
        Assert.Equal(3, _written.OfType<ModelAsked>().Count(a => a.Fault.Contains("nobody there", StringComparison.Ordinal)));
        Assert.InRange(Assert.Single(_written.OfType<ModelLost>()).Seconds, 0, 120);
        Assert.Null(caller.Find(ModelRole.Worker));
        Assert.Null(caller.Find(ModelRole.Architect));
    }

    [Fact]
    public async Task A_silent_model_counts_as_down_when_its_time_is_over()
    {
        var caller = Caller(new Silent(), out var model);
        var start = DateTime.UtcNow;
        await Assert.ThrowsAsync<ForgeException>(() => caller.AskAsync(Question(model with { IdleLimit = TimeSpan.FromMilliseconds(50) }), CancellationToken.None));
        Assert.InRange(DateTime.UtcNow - start, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Single(_written.OfType<ModelLost>());
    }

    [Fact]
    public async Task A_request_that_cannot_be_answered_does_not_lose_the_model()
    {
        var caller = Caller(new Broken(ForgeErrorKind.BadInput), out var model);
        await Assert.ThrowsAsync<ForgeException>(() => caller.AskAsync(Question(model), CancellationToken.None));
        Assert.NotNull(caller.Find(ModelRole.Worker));
        Assert.Empty(_written.OfType<ModelLost>());
    }

    [Fact]
    public async Task A_model_that_reasons_first_is_asked_twice_and_only_the_second_answer_is_constrained()
    {
        var client = new Spoken(["{}"]);
        var caller = Caller(client, out var model);
        await caller.AskAsync(Question(model with { ReasoningTokens = 100 }), CancellationToken.None);
        Assert.Equal([false, true], client.Constrained);
    }

    private ModelCaller Caller(IChatClient client, out RoleModel model)
    {
        model = new RoleModel { Name = "m", Client = client };
        return new ModelCaller(new One(model), _blobs, (e, _) => { _written.Add(e); return Task.CompletedTask; }, TimeProvider.System);
    }

    private static ModelQuestion Question(RoleModel model) => new(ModelRole.Worker, model, "item", 1, new ComposedPrompt("role", "the whole prompt", []), Schema);

    private sealed class One(RoleModel model) : IModelSource
    {
        public RoleModel? Find(ModelRole role) => role == ModelRole.Worker ? model : null;
    }

    private sealed class Blobs : IBlobStore
    {
        private readonly Dictionary<string, byte[]> _stored = [];

        public Task<string> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        {
            var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content.Span));
            _stored[digest] = content.ToArray();
            return Task.FromResult(digest);
        }

        public Task<byte[]> GetAsync(string digest, CancellationToken cancellationToken) => Task.FromResult(_stored[digest]);

        public string Text(string digest) => Encoding.UTF8.GetString(_stored[digest]);
    }

    private abstract class Client : IChatClient
    {
        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public abstract IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default);

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    private sealed class Spoken(string[] parts) : Client
    {
        public List<bool> Constrained { get; } = [];

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            Constrained.Add(options?.ResponseFormat is not null);
            foreach (var part in parts)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, part);
            }

            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 7, CachedInputTokenCount = 3, OutputTokenCount = 2 })]);
        }
    }

    private sealed class Broken(ForgeErrorKind kind = ForgeErrorKind.Unreachable) : Client
    {
        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new ForgeException("ModelUnreachable", kind, "nobody there");
    }

    private sealed class Silent : Client
    {
        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            yield break;
        }
    }
}
