namespace Forge.Llama.Protocol;

/// <summary>How a generation ended.</summary>
internal sealed record DoneReply
{
    public const string StopReason = "stop";
    public const string LengthReason = "length";
    public const string CancelledReason = "cancelled";

    public required string Reason { get; init; }

    /// <summary>The whole text where it was not streamed.</summary>
    public string? Text { get; init; }

    /// <summary>Least probability that the model gave one of the chosen tokens, before any grammar; null where it was not asked for.</summary>
    public double? Confidence { get; init; }

    /// <summary>Text of that token.</summary>
    public string? LeastCertain { get; init; }

    /// <summary>Tokens of the prompt, cached ones among them.</summary>
    public required int InputTokens { get; init; }

    /// <summary>Tokens of the prompt that were in the cache.</summary>
    public required int CachedTokens { get; init; }

    public required int OutputTokens { get; init; }

    /// <summary>Waiting for a free sequence.</summary>
    public required double QueueMs { get; init; }

    /// <summary>From the first prompt token to the first generated one.</summary>
    public required double PromptMs { get; init; }

    /// <summary>From the first generated token to the last.</summary>
    public required double GenerationMs { get; init; }
}
