namespace Forge.Core.Extraction;

/// <summary>One pattern: what a text must say, what it must not say, and the action that it then asks for.</summary>
/// <param name="Name">Name for people.</param>
/// <param name="Expressions">All of them must match; a group that several name must have one value in all.</param>
/// <param name="Unless">None of them may match.</param>
/// <param name="Action">The action.</param>
internal sealed record ExtractionPattern(string Name, IReadOnlyList<TextExpression> Expressions, IReadOnlyList<TextExpression> Unless, ActionTemplate Action);
