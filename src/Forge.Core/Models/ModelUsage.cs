namespace Forge.Core.Models;

/// <summary>What one request cost.</summary>
/// <param name="Input">Tokens of the prompt; 0 where the model does not say.</param>
/// <param name="Cached">Tokens of the prompt that were in the model's cache already.</param>
/// <param name="Output">Tokens of the answer.</param>
/// <param name="LoadSeconds">Time to load the model.</param>
/// <param name="PromptSeconds">Time for the prompt.</param>
/// <param name="GenerationSeconds">Time for the answer.</param>
public sealed record ModelUsage(long Input, long Cached, long Output, double LoadSeconds, double PromptSeconds, double GenerationSeconds)
{
    /// <summary>Nothing.</summary>
    public static ModelUsage None { get; } = new(0, 0, 0, 0, 0, 0);
}
