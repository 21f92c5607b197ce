using Forge.Core.Errors;

namespace Forge.Llama.Client;

/// <summary>Puts the end of a child process into words.</summary>
internal static class ModelProcessEnd
{
    // .NET gives 128 + n where signal n ended a process.
    private const int SignalBase = 128;

    public static ForgeException Describe(int exitCode, string complaints, string modelFile)
    {
        var how = exitCode > SignalBase ? $"signal {exitCode - SignalBase} ({SignalName(exitCode - SignalBase)})" : $"exit code {exitCode}";
        return new ForgeException(
            "ModelProcessEnded",
            ForgeErrorKind.Unreachable,
            $"The process that held the model {modelFile} ended with {how} while the request was under way{(complaints.Length > 0 ? $"; it had said: {complaints}" : ".")}",
            NextStep(exitCode - SignalBase),
            modelFile);
    }

    private static string NextStep(int signal) => signal switch
    {
        7 => "The file was probably cut short while it was in use: check it (Test-ForgeModel), replace files by rename only.",
        9 => "Look whether the kernel ran out of memory (dmesg); use a smaller model or context.",
        _ => "Ask again, a new process is started; if it stays, check the file (Test-ForgeModel).",
    };

    private static string SignalName(int signal) => signal switch
    {
        4 => "SIGILL",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        15 => "SIGTERM",
        _ => "see signal(7)",
    };
}
