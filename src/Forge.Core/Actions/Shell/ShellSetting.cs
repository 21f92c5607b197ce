namespace Forge.Core.Actions.Shell;

/// <summary>A line <c>key=value</c> that a script writes to a file.</summary>
/// <param name="File">Absolute path.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value, without spaces around it.</param>
public sealed record ShellSetting(string File, string Key, string Value);
