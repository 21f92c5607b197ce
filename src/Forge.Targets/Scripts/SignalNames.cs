namespace Forge.Targets.Scripts;

/// <summary>Signal numbers of Linux on the common architectures (signal(7)).</summary>
internal static class SignalNames
{
    private static readonly string[] Names =
    [
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT",
        "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    /// <summary>Splits a shell's status: above 128 up to 192 it says that a signal ended the command (POSIX shell, 2.8.2), anything else is an exit code.</summary>
    public static (int? ExitCode, string? Signal) Split(int status)
    {
        var number = status - 128;
        return number switch
        {
            > 0 when number < Names.Length => (null, Names[number]),
            > 31 and <= 64 => (null, FormattableString.Invariant($"SIG{number}")),
            _ => (status, null),
        };
    }
}
