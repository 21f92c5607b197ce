namespace Forge.Models.Hardening;

/// <summary>What was decided about a hardening model.</summary>
public enum HardenerChangeKind
{
    /// <summary>It is enabled from then on, or, where the name is <see cref="HardenerShelf.None"/>, none is.</summary>
    Enabled,

    /// <summary>The one before was restored; the name is the one that is enabled from then on.</summary>
    Restored,

    /// <summary>It was asked for and stays as it was.</summary>
    Refused,
}
