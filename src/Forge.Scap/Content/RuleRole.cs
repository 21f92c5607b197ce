namespace Forge.Scap.Content;

/// <summary>How a rule takes part in scoring (NISTIR 7275 rev. 4, table 11).</summary>
public enum RuleRole
{
    /// <summary>Checked and scored.</summary>
    Full,

    /// <summary>Checked, its result becomes informational.</summary>
    Unscored,

    /// <summary>Not checked.</summary>
    Unchecked,
}
