namespace Forge.Core.Findings;

/// <summary>How bad a finding is; ordered, so that <c>-ge Medium</c> works.</summary>
public enum Severity
{
    /// <summary>The content does not say.</summary>
    Unknown,

    /// <summary>For information.</summary>
    Info,

    /// <summary>Low.</summary>
    Low,

    /// <summary>Medium.</summary>
    Medium,

    /// <summary>High.</summary>
    High,

    /// <summary>Critical.</summary>
    Critical,
}
