namespace Forge.Cmdlets.Models;

/// <summary>How fast a model is.</summary>
public sealed record ModelMeasurement
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Tokens of the prompt.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Prompt tokens a second; null where the model does not say how long the prompt took.</summary>
    public double? PromptRate { get; init; }

    /// <summary>Tokens that were generated.</summary>
    public required long GeneratedTokens { get; init; }

    /// <summary>Generated tokens a second.</summary>
    public double? GenerationRate { get; init; }

    /// <summary>Time to load it; zero where it was loaded.</summary>
    public TimeSpan LoadTime { get; init; }

    /// <summary>From the request to the first text.</summary>
    public TimeSpan FirstText { get; init; }

    /// <summary>From the request to the last text.</summary>
    public TimeSpan Elapsed { get; init; }
}
