using Forge.Core.Proposals;
using Forge.Llama;

namespace Forge.Cmdlets.Composition;

/// <summary>Opens hardening models in the child process of llama.cpp: on the processor with one thread, which is the fastest for a model this small.</summary>
/// <param name="runtime">Where the native runtime is.</param>
internal sealed class LlamaHardenerSource(Func<ModelRuntimeOptions> runtime) : IHardenerSource
{
    public IActionProposer Open(HardenerModel model) => new SmallModelProposer(new LlamaChatClient(
        new LlamaModelOptions
        {
            ModelFile = model.ModelFile, Sha256 = model.Sha256, ContextTokens = model.Gate.ContextTokens, Threads = 1, Parallel = 1, Backend = ModelBackend.Cpu,
        },
        runtime()));
}
