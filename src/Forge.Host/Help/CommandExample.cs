namespace Forge.Host.Help;

/// <summary>An example of a command.</summary>
/// <param name="Says">What it does, one sentence.</param>
/// <param name="Code">What to type; one line or several.</param>
internal sealed record CommandExample(string Says, string Code);
