namespace Forge.Cmdlets.Models;

/// <summary>How a check of a model ended.</summary>
public enum ModelCheckResult
{
    /// <summary>Fit.</summary>
    Ok,

    /// <summary>Fit, with something to know.</summary>
    Warning,

    /// <summary>Not fit; the detail says why.</summary>
    Failed,
}
