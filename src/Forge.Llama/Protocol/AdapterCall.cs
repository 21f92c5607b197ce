namespace Forge.Llama.Protocol;

/// <summary>A LoRA adapter and its weight.</summary>
internal sealed record AdapterCall(string File, float Scale);
