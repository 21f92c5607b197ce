namespace Forge.Core.Thinking;

/// <summary>Why the architect is asked.</summary>
/// <param name="Name">Name of the rule: <c>attempts</c>, <c>plateau</c>, <c>gap</c>.</param>
/// <param name="Words">The same for the prompt.</param>
public sealed record ThinkTrigger(string Name, string Words);
