using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Forge.Core.Errors;
using Forge.Llama.Client;
using Forge.Llama.Protocol;
using Microsoft.Extensions.AI;

namespace Forge.Llama;

/// <summary>
/// A local model behind <see cref="IChatClient"/>. The model lives in a child process that starts with the first request; this process loads no native
/// library. Safe for concurrent requests: <see cref="LlamaModelOptions.Parallel"/> are served at once, others wait.
/// </summary>
public sealed class LlamaChatClient : IChatClient, IAsyncDisposable
{
    private readonly ModelSupervisor _supervisor;
    private readonly ChatClientMetadata _metadata;

    /// <summary>Makes a client; nothing is started or read.</summary>
    /// <exception cref="ForgeException">Id <c>ModelOptionInvalid</c>: an option is out of its range.</exception>
    public LlamaChatClient(LlamaModelOptions options, ModelRuntimeOptions runtime, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(runtime);
        Check(options.ModelFile.Length > 0, "ModelFile is empty");
        Check(options.ContextTokens is 0 or (>= 16 and <= 16_777_216), $"ContextTokens is {options.ContextTokens}, not 0 or 16 to 16,777,216");
        Check(options.Threads is null or (>= 1 and <= 512), $"Threads is {options.Threads}, not 1 to 512");
        Check(options.GpuLayers >= -1, $"GpuLayers is {options.GpuLayers}, not -1 or more");
        Check(options.Parallel is >= 1 and <= 64, $"Parallel is {options.Parallel}, not 1 to 64");
        Check(options.GpuLayers == 0 || options.Backend != ModelBackend.Cpu, "GpuLayers are asked for and Backend is Cpu");
        _supervisor = new ModelSupervisor(options, runtime, time ?? TimeProvider.System);
        _metadata = new ChatClientMetadata("llama.cpp", null, Path.GetFileName(options.ModelFile));
    }

    /// <summary>What is loaded; null before the first request.</summary>
    public LlamaModelStatus? Status => _supervisor.Status;

    /// <summary>Starts the child and loads the model now instead of with the first request.</summary>
    /// <exception cref="ForgeException">The file, the runtime or the machine is not fit; the message says which.</exception>
    public async Task<LlamaModelStatus> LoadAsync(CancellationToken cancellationToken = default)
    {
        await _supervisor.GetAsync(cancellationToken);
        return _supervisor.Status!;
    }

    /// <summary>Puts exactly these LoRA adapters in force for the requests that come; the model is not loaded again.</summary>
    /// <exception cref="ForgeException">Id <c>ModelAdapterFailed</c>: one does not fit the model; those in force before stay.</exception>
    public Task SetAdaptersAsync(IReadOnlyList<LlamaAdapter> adapters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(adapters);
        return _supervisor.SetAdaptersAsync(adapters, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ForgeException">Ids <c>ModelProcessEnded</c>, <c>ModelContextExceeded</c>, <c>ModelOptionUnsupported</c>, <c>ModelSchemaUnsupported</c>,
    /// <c>ModelGrammarInvalid</c>, <c>ModelNotNumbers</c> and those of <see cref="LoadAsync"/>.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = ChatRequest.Call(messages, options, stream: false);
        await foreach (var (reply, load) in RepliesAsync(call, cancellationToken))
        {
            if (reply.Done is { } done)
            {
                return ChatAnswer.Whole(done, load, _metadata.DefaultModelId, _supervisor.Status!);
            }
        }

        throw new ForgeException("ModelProcessEnded", ForgeErrorKind.Internal, "The model process gave no answer.");
    }

    /// <inheritdoc/>
    /// <exception cref="ForgeException">As <see cref="GetResponseAsync"/>.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var call = ChatRequest.Call(messages, options, stream: true);
        var responseId = Guid.NewGuid().ToString("N");
        await foreach (var (reply, load) in RepliesAsync(call, cancellationToken))
        {
            yield return reply.Done is { } done
                ? ChatAnswer.Last(done, load, responseId, _metadata.DefaultModelId, _supervisor.Status!)
                : new ChatResponseUpdate(ChatRole.Assistant, reply.Text) { ResponseId = responseId, ModelId = _metadata.DefaultModelId };
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null : serviceType == typeof(ChatClientMetadata) ? _metadata : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Ends the child process.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Ends the child process; requests under way fail.</summary>
    public ValueTask DisposeAsync() => _supervisor.DisposeAsync();

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new ForgeException("ModelOptionInvalid", ForgeErrorKind.BadInput, $"A model option is out of range: {what}.", "Correct it where the model is described (settings.yaml).");
        }
    }

    private async IAsyncEnumerable<(ModelReply Reply, TimeSpan Load)> RepliesAsync(GenerateCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (child, load) = await _supervisor.GetAsync(cancellationToken);
        var (id, replies) = child.Ask(i => new ModelCall { Op = ModelCall.GenerateOp, Id = i, Generate = call });
        var isDone = false;
        try
        {
            while (!isDone)
            {
                var reply = await NextAsync(replies, cancellationToken);
                isDone = reply.Done is not null || reply.Error is not null;
                if (reply.Error is { } error)
                {
                    throw child.Described(error);
                }

                if (isDone)
                {
                    _supervisor.Worked();
                }

                yield return (reply, load);
            }
        }
        finally
        {
            child.Close(id, cancel: !isDone);
        }
    }

    private static async Task<ModelReply> NextAsync(ChannelReader<ModelReply> replies, CancellationToken cancellationToken)
    {
        try
        {
            return await replies.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException e) when (e.InnerException is ForgeException end)
        {
            throw end;
        }
    }
}
