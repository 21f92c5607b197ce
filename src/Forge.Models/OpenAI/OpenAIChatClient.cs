using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Forge.Core.Errors;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Forge.Models.OpenAI;

/// <summary>A server that speaks OpenAI's chat completions with streaming and <c>response_format</c> (llama-server, vLLM, Ollama and others).</summary>
public sealed class OpenAIChatClient : IChatClient
{
    private readonly ChatClient _client;
    private readonly string _endpoint;

    /// <summary>Makes the client; connects to nothing yet.</summary>
    /// <param name="endpoint">Base address, for example <c>http://127.0.0.1:8080/v1</c>.</param>
    /// <param name="modelId">Name of the model on the server.</param>
    /// <param name="apiKey">Key; null where the server wants none.</param>
    public OpenAIChatClient(Uri endpoint, string modelId, string? apiKey)
    {
        _endpoint = endpoint.ToString();
        // Forge itself decides how often and how long it asks again, and says so in the journal.
        var options = new OpenAIClientOptions { Endpoint = endpoint, RetryPolicy = new ClientRetryPolicy(0), NetworkTimeout = Timeout.InfiniteTimeSpan };
        _client = new ChatClient(modelId, new ApiKeyCredential(apiKey is { Length: > 0 } ? apiKey : "none"), options);
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ForgeException">Ids <c>ModelUnreachable</c>, <c>ModelDenied</c>, <c>ModelRequestRefused</c>, <c>ModelServerFailed</c>.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var stream = _client.CompleteChatStreamingAsync(messages.Select(OpenAIMessages.Of), OpenAIMessages.OptionsOf(options), cancellationToken).GetAsyncEnumerator(cancellationToken);
        var isFinished = false;
        try
        {
            while (await AdvanceAsync(stream))
            {
                if (OpenAIMessages.FaultOf(stream.Current) is { } fault)
                {
                    throw OfStream(fault);
                }

                isFinished |= stream.Current.FinishReason is not null;
                yield return OpenAIMessages.UpdateOf(stream.Current);
            }

            if (!isFinished)
            {
                throw new ForgeException("ModelServerFailed", ForgeErrorKind.Unreachable, $"{_endpoint} ended its answer before it was finished.", "Look at the server's log.", _endpoint);
            }
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private async Task<bool> AdvanceAsync(IAsyncEnumerator<StreamingChatCompletionUpdate> stream)
    {
        try
        {
            return await stream.MoveNextAsync();
        }
        catch (ClientResultException e)
        {
            throw OfStatus(e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Unreachable(e);
        }
        catch (JsonException e)
        {
            throw new ForgeException("ModelServerFailed", ForgeErrorKind.Corrupt, $"{_endpoint} sent what is no chat completion: {e.Message}", "Check that the address is that of an OpenAI-compatible server, with its /v1.", _endpoint, e);
        }
    }

    private ForgeException OfStatus(ClientResultException e) => e.Status switch
    {
        0 => Unreachable(e),
        401 or 403 => new ForgeException("ModelDenied", ForgeErrorKind.Unreachable, $"{_endpoint} refuses the key (HTTP {e.Status})", "Give the right key file with Add-ForgeModel -ApiKeyFile.", _endpoint, e),
        429 or >= 500 => new ForgeException("ModelServerFailed", ForgeErrorKind.Unreachable, $"{_endpoint} failed (HTTP {e.Status}): {Line(e.Message)}", "Look at the server's log.", _endpoint, e),
        _ => new ForgeException("ModelRequestRefused", ForgeErrorKind.BadInput, $"{_endpoint} refuses the request (HTTP {e.Status}): {Line(e.Message)}", "Check the model's name and the size of its context.", _endpoint, e),
    };

    // llama-server reads each answer once more: one that it cannot read says nothing of the server, and would be the same the next time.
    private ForgeException OfStream(string fault) => fault.Contains("does not match the expected", StringComparison.Ordinal)
        ? new("ModelRequestRefused", ForgeErrorKind.BadInput, $"{_endpoint} cannot read what its model answers: {Line(fault)}", "Start llama-server with --skip-chat-parsing.", _endpoint)
        : new("ModelServerFailed", ForgeErrorKind.Unreachable, $"{_endpoint} failed while it answered: {Line(fault)}", "Look at the server's log.", _endpoint);

    private ForgeException Unreachable(Exception e) =>
        new("ModelUnreachable", ForgeErrorKind.Unreachable, $"{_endpoint} does not answer: {Line(e.Message)}", "Start the server, or correct its address with Add-ForgeModel -Force.", _endpoint, e);

    private static string Line(string text) => text.ReplaceLineEndings(" ") is var line && line.Length > 300 ? line[..300] + "…" : line;
}
