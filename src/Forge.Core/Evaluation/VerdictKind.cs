namespace Forge.Core.Evaluation;

/// <summary>What an evaluator says of an item; the words of XCCDF 1.2 (NISTIR 7275 rev. 4, table 26), parsed exactly.</summary>
public enum VerdictKind
{
    /// <summary>The check could not tell.</summary>
    Unknown,

    /// <summary>Holds.</summary>
    Pass,

    /// <summary>Does not hold.</summary>
    Fail,

    /// <summary>The check itself failed.</summary>
    Error,

    /// <summary>Does not apply to this machine.</summary>
    NotApplicable,

    /// <summary>The content has no automatic check.</summary>
    NotChecked,

    /// <summary>Not part of the selection.</summary>
    NotSelected,

    /// <summary>Reports a fact only.</summary>
    Informational,

    /// <summary>Failed and was fixed by the scanner itself.</summary>
    Fixed,
}
