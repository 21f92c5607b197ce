namespace Forge.Cmdlets.Models;

/// <summary>In whose words held-out rules are asked.</summary>
public enum ComparedWording
{
    /// <summary>All that there are.</summary>
    All,

    /// <summary>The content's description.</summary>
    Content,

    /// <summary>The text of the manual check.</summary>
    Check,
}
