namespace Forge.Bench;

/// <summary>Tokens a second.</summary>
internal sealed record ModelSpeed(double Prompt, double Generation);
