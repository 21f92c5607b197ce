namespace Forge.Llama;

/// <summary>What is loaded.</summary>
public sealed record LlamaModelStatus
{
    /// <summary>Process id of the child.</summary>
    public required int ProcessId { get; init; }

    /// <summary>From the start of the child to the loaded model.</summary>
    public required TimeSpan LoadTime { get; init; }

    /// <summary>Tokens of context of each sequence.</summary>
    public required int ContextTokens { get; init; }

    /// <summary>Tokens of context the model was trained with.</summary>
    public required int TrainedContextTokens { get; init; }

    /// <summary>Number of weights.</summary>
    public required long Parameters { get; init; }

    /// <summary>Bytes of the weights.</summary>
    public required long Size { get; init; }

    /// <summary>Entries of the vocabulary.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Threads that compute.</summary>
    public required int Threads { get; init; }

    /// <summary>Layers that are computed on a GPU.</summary>
    public required int OffloadedLayers { get; init; }

    /// <summary>GPUs that the runtime sees.</summary>
    public required IReadOnlyList<string> Gpus { get; init; }

    /// <summary>Whether the model's own chat template is used; else the plain form, roles and texts joined by lines.</summary>
    public required bool UsesModelTemplate { get; init; }
}
