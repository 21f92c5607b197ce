namespace Forge.Core.Loop;

/// <summary>The catalogue of ways in which an attempt ends other than well. Exact, never a string search.</summary>
public enum FailureMode
{
    /// <summary>No failure.</summary>
    None,

    /// <summary>After the change the machine was not healthy: own access, a service or sudo broke. Reverted.</summary>
    HealthFailure,

    /// <summary>The script ended well and changed the host, the host is healthy, and the rule still fails. Reverted.</summary>
    EvaluatorGap,

    /// <summary>The script claimed success and changed nothing, and the rule still fails.</summary>
    FalseSuccess,

    /// <summary>The script itself failed; undone.</summary>
    CleanFailure,

    /// <summary>The script was ended by its time limit or a signal; undone.</summary>
    Hang,

    /// <summary>Passes only after a reboot; deferred.</summary>
    NeedsReboot,

    /// <summary>A package could not be had, or pulled out another one that is needed.</summary>
    PackageConflict,

    /// <summary>The change turned another item red that passed before. Reverted.</summary>
    Regression,

    /// <summary>A rule of the policy forbids it.</summary>
    PolicyViolation,

    /// <summary>No source has a fix.</summary>
    NoFix,

    /// <summary>The check could not be evaluated.</summary>
    EvaluatorError,

    /// <summary>A file system of the target ran full during the change. Undone.</summary>
    DiskFull,

    /// <summary>The undo could not be proven; the target was taken back from outside, or the run stopped for it.</summary>
    RevertFailed,

    /// <summary>The target could not be reached any more.</summary>
    TargetLost,

    /// <summary>The budget ended.</summary>
    BudgetExhausted,

    /// <summary>Passed after the change, failed after the reboot.</summary>
    LostAfterReboot,

    /// <summary>The model's answer could not be read.</summary>
    Unreadable,

    /// <summary>The model repeats itself: the same change with the same failure.</summary>
    Plateau,

    /// <summary>The model gave the item up.</summary>
    GivenUp,
}
