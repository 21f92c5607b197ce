namespace System.Management.Automation;

/// <summary>How a wildcard pattern matches.</summary>
[Flags]
public enum WildcardOptions
{
    None = 0,
    Compiled = 1,
    IgnoreCase = 2,
    CultureInvariant = 4,
}
