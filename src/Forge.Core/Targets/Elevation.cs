namespace Forge.Core.Targets;

/// <summary>With whose rights a command runs on the target.</summary>
public enum Elevation
{
    /// <summary>As the user who logged in.</summary>
    None,

    /// <summary>As root, through sudo (with a password where the target has one); a no-op where the user is root already.</summary>
    Sudo,
}
