using Forge.Llama;

namespace Forge.Hardener.Data;

/// <summary>The model of a recipe in the runtime that Forge's users have.</summary>
internal static class OpenModel
{
    /// <summary>Tokens of its context: the longest prompt and the longest answer that the recipe trains on fit.</summary>
    public const int ContextTokens = 1024;

    /// <summary>A client; nothing is started yet.</summary>
    /// <param name="file">The GGUF file.</param>
    /// <param name="forge">The console host, whose child process holds the model.</param>
    /// <param name="runtimes">Folder of installed runtimes.</param>
    public static LlamaChatClient Of(string file, string forge, string runtimes) => new(
        new LlamaModelOptions { ModelFile = Path.GetFullPath(file), ContextTokens = ContextTokens, Threads = 1, Parallel = 1, Backend = ModelBackend.Cpu },
        new ModelRuntimeOptions { Folder = runtimes, Launcher = ModelProcessLauncher.ForProgram(forge) });
}
