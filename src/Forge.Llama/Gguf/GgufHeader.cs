namespace Forge.Llama.Gguf;

/// <summary>What stands before the tensors.</summary>
/// <param name="Version">Version of the format.</param>
/// <param name="Values">The key-value part.</param>
/// <param name="Tensors">The tensors.</param>
/// <param name="Start">Where their bytes begin.</param>
internal sealed record GgufHeader(uint Version, IReadOnlyDictionary<string, object> Values, IReadOnlyList<GgufTensor> Tensors, long Start);
