namespace Forge.Cmdlets.Hosting;

/// <summary>How a command ended, for those who must decide by a number; the values are the exit codes of <c>forge</c>.</summary>
public enum ForgeOutcome
{
    /// <summary>All that was asked holds.</summary>
    Holds = 0,

    /// <summary>It failed; the error says why and what next.</summary>
    Failed = 1,

    /// <summary>The command line or its input cannot be used.</summary>
    BadInput = 2,

    /// <summary>It finished and items are left.</summary>
    ItemsLeft = 3,

    /// <summary>It waits for a decision or an approval.</summary>
    Parked = 4,

    /// <summary>A target was lost.</summary>
    TargetLost = 5,
}
