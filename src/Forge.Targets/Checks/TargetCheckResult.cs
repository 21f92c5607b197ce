namespace Forge.Targets.Checks;

/// <summary>How a check of a target ended.</summary>
public enum TargetCheckResult
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Works, with something to look at.</summary>
    Warning,

    /// <summary>Something that is needed is not there yet.</summary>
    Missing,

    /// <summary>Does not work.</summary>
    Failed,
}
