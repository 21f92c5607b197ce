namespace Forge.Core.Prompts;

/// <summary>A prompt with everything filled in.</summary>
/// <param name="System">What never changes within a run: the model's cache keeps it.</param>
/// <param name="User">What belongs to the item and the turn.</param>
/// <param name="Dropped">What was cut or left out because the budget was short, one text a section.</param>
public sealed record ComposedPrompt(string System, string User, IReadOnlyList<string> Dropped);
