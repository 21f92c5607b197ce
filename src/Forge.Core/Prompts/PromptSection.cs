namespace Forge.Core.Prompts;

/// <summary>One section of a prompt.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Text">Its text, with places like <c>{{item}}</c>.</param>
/// <param name="IsSystem">Whether it belongs to the part that never changes within a run.</param>
/// <param name="Keep">Never dropped and never cut.</param>
/// <param name="Priority">What is dropped first where the budget is short: the highest number.</param>
/// <param name="MostTokens">Tokens at most, as estimated; 0 for no limit.</param>
public sealed record PromptSection(string Name, string Text, bool IsSystem, bool Keep, int Priority, int MostTokens);
