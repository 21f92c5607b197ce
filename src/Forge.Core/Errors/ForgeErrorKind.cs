namespace Forge.Core.Errors;

/// <summary>What kind of trouble an error is; hosts map it to their own category and exit code.</summary>
public enum ForgeErrorKind
{
    /// <summary>Something that should not happen; a defect of Forge.</summary>
    Internal,

    /// <summary>A parameter, file or name that the user gave cannot be used.</summary>
    BadInput,

    /// <summary>What was named does not exist.</summary>
    NotFound,

    /// <summary>What was to be made exists already, or is in use by another run.</summary>
    Conflict,

    /// <summary>The machine, the network or a service did not answer.</summary>
    Unreachable,

    /// <summary>The other side refused: authentication, host key, sudo, file permission.</summary>
    Denied,

    /// <summary>A time limit ran out.</summary>
    Timeout,

    /// <summary>Stored or received bytes are damaged or not in the promised format.</summary>
    Corrupt,

    /// <summary>A tool or feature that is needed is missing on this machine or on the target.</summary>
    Missing,

    /// <summary>A rule of Forge forbids it: policy, fencing epoch, missing approval.</summary>
    Refused,
}
