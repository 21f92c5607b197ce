namespace Forge.Llama;

/// <summary>A LoRA adapter.</summary>
/// <param name="File">Its GGUF file.</param>
/// <param name="Scale">Its weight: 1 as trained, 0 without effect.</param>
public sealed record LlamaAdapter(string File, float Scale = 1);
