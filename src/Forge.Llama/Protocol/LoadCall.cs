namespace Forge.Llama.Protocol;

/// <summary>Which model to load and how.</summary>
internal sealed record LoadCall
{
    public required string File { get; init; }

    /// <summary>Folder of the native libraries.</summary>
    public required string Runtime { get; init; }

    /// <summary>What <c>llama_version()</c> has to say.</summary>
    public required string LlamaVersion { get; init; }

    /// <summary>Tokens of context each sequence gets.</summary>
    public required int Context { get; init; }

    public required int Threads { get; init; }

    /// <summary>Layers to offload; -1 for all.</summary>
    public required int GpuLayers { get; init; }

    /// <summary>Sequences served at once.</summary>
    public required int Parallel { get; init; }

    public required IReadOnlyList<AdapterCall> Adapters { get; init; }
}
