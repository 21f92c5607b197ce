using System.Text.Json.Serialization;

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

    /// <summary>Tokens read and written.</summary>
    [JsonIgnore]
    public long Tokens => Input + Output;

    /// <summary>What was spent since an earlier count of the same.</summary>
    public ModelUsage Minus(ModelUsage before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return new(Input - before.Input, Cached - before.Cached, Output - before.Output, LoadSeconds - before.LoadSeconds, PromptSeconds - before.PromptSeconds, GenerationSeconds - before.GenerationSeconds);
    }

    /// <summary>Both together.</summary>
    public ModelUsage Plus(ModelUsage other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Input + other.Input, Cached + other.Cached, Output + other.Output, LoadSeconds + other.LoadSeconds, PromptSeconds + other.PromptSeconds, GenerationSeconds + other.GenerationSeconds);
    }
}
