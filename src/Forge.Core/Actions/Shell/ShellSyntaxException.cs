namespace Forge.Core.Actions.Shell;

/// <summary>A script that the parser cannot read; its action then has the highest class.</summary>
/// <param name="message">What and where.</param>
internal sealed class ShellSyntaxException(string message) : Exception(message);
