namespace Forge.Core.Proposals;

/// <summary>What a rule says in words: all that a proposer may go by.</summary>
/// <param name="Title">One line.</param>
/// <param name="Body">Description, or the text of a manual check; lines as in the content, markup flattened.</param>
/// <param name="Names">Names that are known of the item beside its text (files, packages, units, keys that its check reads); may be empty.</param>
public sealed record RuleText(string Title, string Body, IReadOnlyList<string> Names);
