namespace Forge.Scap.Results;

/// <summary>Result of a rule, word by word (NISTIR 7275 rev. 4, table 26).</summary>
public enum RuleOutcome
{
    /// <summary>Holds.</summary>
    Pass,

    /// <summary>Does not hold.</summary>
    Fail,

    /// <summary>The check itself failed.</summary>
    Error,

    /// <summary>The check could not tell.</summary>
    Unknown,

    /// <summary>Does not apply to the machine.</summary>
    NotApplicable,

    /// <summary>There is no check that could be run.</summary>
    NotChecked,

    /// <summary>Not selected by the profile.</summary>
    NotSelected,

    /// <summary>A fact only.</summary>
    Informational,

    /// <summary>Failed and was fixed by the scanner.</summary>
    Fixed,
}
