namespace Forge.Models.Replay;

/// <summary>One line of a recording.</summary>
/// <param name="Role">Role in lower case.</param>
/// <param name="Item">Item; <c>*</c> for any.</param>
/// <param name="Turn">Turn that it belongs to; null for the next one of that role and item.</param>
/// <param name="Text">The answer's text.</param>
/// <param name="Fault">A fault to play instead: <c>down</c> or <c>silent</c>; empty for none.</param>
internal sealed record RecordedAnswer(string Role, string Item, int? Turn, string Text, string Fault);
