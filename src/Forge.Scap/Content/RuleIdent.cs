namespace Forge.Scap.Content;

/// <summary>A global identifier of a rule.</summary>
/// <param name="System">Naming system, a URI.</param>
/// <param name="Text">Identifier, for example <c>CCE-80901-2</c>.</param>
public sealed record RuleIdent(string System, string Text);
