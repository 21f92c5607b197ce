namespace Forge.Llama.Protocol;

/// <summary>One generation.</summary>
internal sealed record GenerateCall
{
    public required IReadOnlyList<MessageCall> Messages { get; init; }

    /// <summary>Text that the answer begins with; given to the model, not generated.</summary>
    public string? Prefix { get; init; }

    /// <summary>Requests of one key go to the same sequence where it is free.</summary>
    public string? Sequence { get; init; }

    /// <summary>Whether text is sent as it comes; else only with the end.</summary>
    public bool Stream { get; init; }

    /// <summary>Most tokens to generate; null for what the context has room for.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>0 takes the likeliest token.</summary>
    public float Temperature { get; init; }

    public int? TopK { get; init; }

    public float? TopP { get; init; }

    public long? Seed { get; init; }

    /// <summary>GBNF with the rule <c>root</c>.</summary>
    public string? Grammar { get; init; }

    public IReadOnlyList<string>? Stop { get; init; }

    /// <summary>Whether the least probability of a chosen token is wanted.</summary>
    public bool Confidence { get; init; }
}
