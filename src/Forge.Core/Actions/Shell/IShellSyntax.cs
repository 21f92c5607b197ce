namespace Forge.Core.Actions.Shell;

/// <summary>Port: a real shell parser on this machine, that says what a script can touch.</summary>
public interface IShellSyntax
{
    /// <summary>Reads a script's effects.</summary>
    /// <param name="script">POSIX or Bash.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The effects; <see cref="ShellEffects.Parsed"/> is false where the script does not parse. Null where there is no such parser on this machine.</returns>
    Task<ShellEffects?> ReadAsync(string script, CancellationToken cancellationToken);
}
