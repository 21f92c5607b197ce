using System.Collections.Concurrent;
using Forge.Core.Errors;
using Forge.Llama;
using Forge.Llama.Runtime;
using Forge.Models;
using Forge.Models.OpenAI;
using Forge.Models.Replay;
using Forge.Store.Redaction;
using Microsoft.Extensions.AI;

namespace Forge.Cmdlets.Composition;

/// <summary>Clients of models, made at first use and kept for the life of the process: a model is loaded once, and its cache serves every run.</summary>
/// <param name="redactor">Learns the keys of servers.</param>
/// <param name="runtime">Where the native runtime is.</param>
internal sealed class ModelClients(Redactor redactor, Func<ModelRuntimeOptions> runtime)
{
    private readonly ConcurrentDictionary<ModelDescription, Lazy<IChatClient>> _clients = new();

    /// <summary>The client of a model; connects to nothing and loads nothing yet.</summary>
    public IChatClient Of(ModelDescription model) => model.Kind == ModelKind.Replay
        // A recording begins anew with every run.
        ? new ReplayChatClient(Recording.Read(model.Path!))
        : _clients.GetOrAdd(model, m => new Lazy<IChatClient>(() => Make(m))).Value;

    private IChatClient Make(ModelDescription model) => model.Kind switch
    {
        ModelKind.OpenAI => new OpenAIChatClient(new Uri(model.Endpoint!), model.ModelId ?? "default", KeyOf(model)),
        _ => new LlamaChatClient(OptionsOf(model), runtime()),
    };

    // Layers go to a GPU where its runtime is installed, unless the user says otherwise; asked for and not there is an error of the client's.
    private LlamaModelOptions OptionsOf(ModelDescription model)
    {
        var installer = new ModelRuntimeInstaller(runtime().Folder);
        ModelBackend? gpu = installer.Find(ModelBackend.Cuda) is not null ? ModelBackend.Cuda : installer.Find(ModelBackend.Vulkan) is not null ? ModelBackend.Vulkan : null;
        var layers = model.GpuLayers ?? (gpu is null ? 0 : -1);
        return new LlamaModelOptions
        {
            ModelFile = model.Path!,
            Sha256 = model.Digest,
            ContextTokens = model.ContextTokens,
            Threads = model.Threads,
            GpuLayers = layers,
            Backend = layers == 0 ? ModelBackend.Cpu : gpu ?? ModelBackend.Auto,
        };
    }

    private string? KeyOf(ModelDescription model)
    {
        if (model.ApiKeyFile is not { } file)
        {
            return null;
        }

        if (!File.Exists(file) || File.ReadLines(file).FirstOrDefault()?.Trim() is not { Length: > 0 } key)
        {
            throw new ForgeException("ModelKeyMissing", ForgeErrorKind.NotFound, $"The key file {file} of the model {model.Name} is missing or empty.", "Write the key into its first line, or add the model again without -ApiKeyFile.", file);
        }

        redactor.Register(key);
        return key;
    }
}
