using Forge.Core.Targets;

namespace Forge.Cmdlets.Targets;

/// <summary>What became of a command on a target.</summary>
/// <param name="target">Target.</param>
/// <param name="result">Result.</param>
public sealed class TargetCommandResult(string target, CommandResult result)
{
    /// <summary>Target.</summary>
    public string Target => target;

    /// <summary>True only for exit code 0 with nothing in the way.</summary>
    public bool Succeeded => result.Succeeded;

    /// <summary>Exit code; null where a signal, the time limit or a lost connection ended it.</summary>
    public int? ExitCode => result.ExitCode;

    /// <summary>Signal; null where none.</summary>
    public string? Signal => result.Signal;

    /// <summary>The time limit ran out.</summary>
    public bool TimedOut => result.TimedOut;

    /// <summary>Standard output.</summary>
    public string Output => result.Output;

    /// <summary>Standard error.</summary>
    public string Error => result.Error;

    /// <summary>Wall time.</summary>
    public TimeSpan Elapsed => result.Elapsed;
}
