namespace Forge.Core.Proposals;

/// <summary>Whose words say what a rule wants.</summary>
public enum RuleWording
{
    /// <summary>The content's description.</summary>
    Content,

    /// <summary>The text of the manual check.</summary>
    Check,
}
