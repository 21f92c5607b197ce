namespace Forge.Scap.Content;

/// <summary>Severity of a rule, ordered (NISTIR 7275 rev. 4, table 11).</summary>
public enum RuleSeverity
{
    /// <summary>Not said.</summary>
    Unknown,

    /// <summary>For information.</summary>
    Info,

    /// <summary>Low.</summary>
    Low,

    /// <summary>Medium.</summary>
    Medium,

    /// <summary>High.</summary>
    High,
}
