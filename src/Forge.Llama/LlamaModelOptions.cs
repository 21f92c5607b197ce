namespace Forge.Llama;

/// <summary>Which model and how it is to be held; checked when a client is made.</summary>
public sealed record LlamaModelOptions
{
    /// <summary>The GGUF file.</summary>
    public required string ModelFile { get; init; }

    /// <summary>SHA-256 of the file in hexadecimal digits, proven before each load; null to take the file as it is.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Tokens of context that each sequence gets; 0 for what the model was trained with, at most 4,096.</summary>
    public int ContextTokens { get; init; }

    /// <summary>Threads; null for 1 where the file has less than 50 MB, else the processors but one: all of them collapse as soon as anything else runs.</summary>
    public int? Threads { get; init; }

    /// <summary>Layers to compute on a GPU; 0 none, -1 all. Asked for and no GPU there is an error, never silently the processor.</summary>
    public int GpuLayers { get; init; }

    /// <summary>Requests served at once, 1 to 64; each has a context of its own.</summary>
    public int Parallel { get; init; } = 2;

    /// <summary>What computes.</summary>
    public ModelBackend Backend { get; init; }

    /// <summary>LoRA adapters in force from the start.</summary>
    public IReadOnlyList<LlamaAdapter> Adapters { get; init; } = [];
}
