using System.Diagnostics;
using Forge.Llama.Runtime;
using Forge.Testing.Gguf;
using Microsoft.Extensions.AI;

namespace Forge.Llama.Tests;

/// <summary>The real runtime and small real models for tests, in a folder of their own.</summary>
internal sealed class ModelLab : IDisposable
{
    private static readonly Lazy<string> Runtimes = new(Prepare);
    private readonly string _folder = Directory.CreateTempSubdirectory("forge-llama-").FullName;

    /// <summary>The folder of runtimes, with that of the processor installed; tests fail with the reason where it cannot be.</summary>
    public static string RuntimeFolder => Runtimes.Value;

    /// <summary>This very program as the child process.</summary>
    public static ModelProcessLauncher Launcher { get; } = ModelProcessLauncher.ForProgram(Environment.ProcessPath!);

    public static ModelRuntimeOptions Runtime => new() { Folder = RuntimeFolder, Launcher = Launcher };

    public string Folder => _folder;

    public string Model(TinyGguf? model = null)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.gguf");
        (model ?? new TinyGguf()).Write(file);
        return file;
    }

    public LlamaChatClient Client(TinyGguf? model = null, Func<LlamaModelOptions, LlamaModelOptions>? with = null) => Client(Model(model), with);

    public static LlamaChatClient Client(string file, Func<LlamaModelOptions, LlamaModelOptions>? with = null)
    {
        var options = new LlamaModelOptions { ModelFile = file };
        return new LlamaChatClient(with?.Invoke(options) ?? options, Runtime);
    }

    public static ChatOptions Options(int tokens, params (string Key, object Value)[] more)
    {
        var options = new ChatOptions { MaxOutputTokens = tokens, Temperature = 0, AdditionalProperties = [] };
        foreach (var (key, value) in more)
        {
            options.AdditionalProperties[key] = value;
        }

        return options;
    }

    /// <summary>Whether a process runs; a zombie does not.</summary>
    public static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Prepare()
    {
        var cache = Environment.GetEnvironmentVariable("FORGE_CACHE") is { Length: > 0 } given ? given : Path.Combine(Path.GetTempPath(), "forge-test-cache");
        var folder = Path.Combine(cache, "model-runtime");
        new ModelRuntimeInstaller(folder).InstallAsync(ModelBackend.Cpu).GetAwaiter().GetResult();
        return folder;
    }
}
