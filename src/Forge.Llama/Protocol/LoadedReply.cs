namespace Forge.Llama.Protocol;

/// <summary>What was loaded.</summary>
internal sealed record LoadedReply
{
    public required double LoadMs { get; init; }

    public required int Context { get; init; }

    public required int TrainedContext { get; init; }

    public required int Vocabulary { get; init; }

    public required ulong Parameters { get; init; }

    /// <summary>Bytes of the weights.</summary>
    public required ulong Size { get; init; }

    public required int Threads { get; init; }

    /// <summary>Layers on a GPU, as the runtime says; 0 for none.</summary>
    public required int OffloadedLayers { get; init; }

    /// <summary>Names of the GPUs that the runtime found.</summary>
    public required IReadOnlyList<string> Gpus { get; init; }

    /// <summary>Whether the model's own chat template is used.</summary>
    public required bool ChatTemplate { get; init; }
}
