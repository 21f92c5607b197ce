namespace Forge.Core.Models;

/// <summary>What a model said.</summary>
/// <param name="Text">The whole text.</param>
/// <param name="Usage">What it cost.</param>
public sealed record ModelAnswer(string Text, ModelUsage Usage);
