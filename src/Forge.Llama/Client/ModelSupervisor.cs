using System.Diagnostics;
using Forge.Core.Errors;
using Forge.Llama.Gguf;
using Forge.Llama.Protocol;
using Forge.Llama.Runtime;

namespace Forge.Llama.Client;

/// <summary>Holds the one child of a client: starts it at the first request, and again, with growing pauses, after it has ended.</summary>
internal sealed class ModelSupervisor(LlamaModelOptions options, ModelRuntimeOptions runtime, TimeProvider time) : IAsyncDisposable
{
    private const long TinyFile = 50_000_000;
    private const int MostDefaultContext = 4096;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IReadOnlyList<LlamaAdapter> _adapters = options.Adapters;
    private ModelChild? _child;
    private DateTimeOffset _notBefore;
    private int _failures;

    /// <summary>What is loaded; null before the first request.</summary>
    public LlamaModelStatus? Status { get; private set; }

    /// <summary>The child with the model loaded.</summary>
    /// <returns>The child, and how long this call waited for its start and load (zero where it was there).</returns>
    /// <exception cref="ForgeException">The file, the runtime or the child is not fit.</exception>
    public async Task<(ModelChild Child, TimeSpan Load)> GetAsync(CancellationToken cancellationToken)
    {
        if (_child is { HasEnded: false } running)
        {
            return (running, TimeSpan.Zero);
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_child is { HasEnded: false } started)
            {
                return (started, TimeSpan.Zero);
            }

            await DropAsync();
            var pause = _notBefore - time.GetUtcNow();
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, time, cancellationToken);
            }

            var clock = Stopwatch.StartNew();
            _child = await LoadAsync(clock, cancellationToken);
            return (_child, clock.Elapsed);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Notes that a request came to its end: the child works.</summary>
    public void Worked() => _failures = 0;

    /// <summary>Puts exactly these adapters in force, now and after a restart.</summary>
    public async Task SetAdaptersAsync(IReadOnlyList<LlamaAdapter> adapters, CancellationToken cancellationToken)
    {
        var (child, _) = await GetAsync(cancellationToken);
        await child.AskOneAsync(id => new ModelCall { Op = ModelCall.AdaptersOp, Id = id, Adapters = Calls(adapters) }, cancellationToken);
        _adapters = adapters;
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            await DropAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    private static List<AdapterCall> Calls(IReadOnlyList<LlamaAdapter> adapters) => [.. adapters.Select(a => new AdapterCall(Path.GetFullPath(a.File), a.Scale))];

    private async Task DropAsync()
    {
        if (_child is { } old)
        {
            if (old.HasEnded)
            {
                Fail();
            }

            _child = null;
            await old.DisposeAsync();
        }
    }

    private void Fail()
    {
        var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(_failures, 20)));
        _failures++;
        _notBefore = time.GetUtcNow() + pause;
    }

    private async Task<ModelChild> LoadAsync(Stopwatch clock, CancellationToken cancellationToken)
    {
        var call = Call();
        var child = ModelChild.Start(runtime.Launcher, options.ModelFile);
        try
        {
            var reply = await child.AskOneAsync(id => new ModelCall { Op = ModelCall.LoadOp, Id = id, Load = call }, cancellationToken);
            Status = StatusOf(child, reply.Loaded!, clock.Elapsed);
            return child;
        }
        catch (Exception e) when (e is ForgeException or OperationCanceledException)
        {
            if (child.HasEnded)
            {
                Fail();
            }

            await child.DisposeAsync();
            throw;
        }
    }

    private LoadCall Call()
    {
        var file = Path.GetFullPath(options.ModelFile);
        var model = GgufFile.Read(file);
        model.RequireModel();
        if (options.Sha256 is { } digest)
        {
            model.RequireDigest(digest);
        }

        var context = options.ContextTokens > 0 ? options.ContextTokens : (int)Math.Min(model.ContextLength ?? MostDefaultContext, MostDefaultContext);
        model.RequireMemory((long)context * options.Parallel, options.GpuLayers);
        var (folder, version) = new ModelRuntimeInstaller(runtime.Folder).Require(options.Backend, options.GpuLayers != 0);
        return new LoadCall
        {
            File = file,
            Runtime = folder,
            LlamaVersion = version,
            Context = context,
            Threads = options.Threads ?? (model.FileSize < TinyFile ? 1 : Math.Max(1, Environment.ProcessorCount - 1)),
            GpuLayers = options.GpuLayers,
            Parallel = options.Parallel,
            Adapters = Calls(_adapters),
        };
    }

    private static LlamaModelStatus StatusOf(ModelChild child, LoadedReply loaded, TimeSpan time) => new()
    {
        ProcessId = child.ProcessId,
        LoadTime = time,
        ContextTokens = loaded.Context,
        TrainedContextTokens = loaded.TrainedContext,
        Parameters = (long)loaded.Parameters,
        Size = (long)loaded.Size,
        Vocabulary = loaded.Vocabulary,
        Threads = loaded.Threads,
        OffloadedLayers = loaded.OffloadedLayers,
        Gpus = loaded.Gpus,
        UsesModelTemplate = loaded.ChatTemplate,
    };
}
