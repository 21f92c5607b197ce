namespace Forge.Models;

/// <summary>A model that the user added.</summary>
public sealed record ModelDescription
{
    /// <summary>Name: letters, digits, dots, dashes and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>How it is reached.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>The GGUF file or the recording, absolute; null for a server.</summary>
    public string? Path { get; init; }

    /// <summary>SHA-256 of the file when it was added, lower-case hexadecimal; null for a server.</summary>
    public string? Digest { get; init; }

    /// <summary>The server's base address, for example <c>http://127.0.0.1:8080/v1</c>; null for a file.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Name of the model on the server; null for the server's own.</summary>
    public string? ModelId { get; init; }

    /// <summary>File whose first line is the key for the server; null for none.</summary>
    public string? ApiKeyFile { get; init; }

    /// <summary>Tokens of its context, 256 to 1,048,576.</summary>
    public int ContextTokens { get; init; } = 8192;

    /// <summary>Tokens of an answer at most, 16 to 65,536.</summary>
    public int AnswerTokens { get; init; } = 512;

    /// <summary>Tokens of free reasoning before the constrained answer, 0 to 65,536; 0 for none.</summary>
    public int ReasoningTokens { get; init; }

    /// <summary>Whether it may use only words that stand in the item: for small models, which misspell what they copy.</summary>
    public bool OnlyWordsOfItem { get; init; }

    /// <summary>Randomness of its answers, 0 to 2.</summary>
    public double Temperature { get; init; } = 0.2;

    /// <summary>Seconds that it may be silent before it counts as down, 1 to 86,400.</summary>
    public int IdleSeconds { get; init; } = 100;

    /// <summary>Layers to put on the GPU, 0 to 1,000; null for as many as its memory takes where there is one. For files only.</summary>
    public int? GpuLayers { get; init; }

    /// <summary>Threads, 1 to 1,024; null for Forge's choice. For files only.</summary>
    public int? Threads { get; init; }
}
