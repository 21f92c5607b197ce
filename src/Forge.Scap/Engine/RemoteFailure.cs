using Forge.Core.Errors;
using Forge.Core.Targets;

namespace Forge.Scap.Engine;

/// <summary>Errors of commands on a target.</summary>
internal static class RemoteFailure
{
    /// <summary>Says what a command was for and how it ended.</summary>
    public static ForgeException Of(ITarget target, string purpose, CommandResult result)
    {
        var name = target.Description.Name;
        var (kind, how) = result switch
        {
            { ConnectionLost: true } => (ForgeErrorKind.Unreachable, "the connection was lost"),
            { TimedOut: true } => (ForgeErrorKind.Timeout, "the time limit ran out"),
            { Signal: { } signal } => (ForgeErrorKind.Unreachable, $"signal {signal} ended it"),
            { OutputDropped: > 0 } => (ForgeErrorKind.Corrupt, "its output was longer than allowed"),
            _ => (ForgeErrorKind.Denied, $"exit code {result.ExitCode}: {LastLine(result.Error)}"),
        };
        return new ForgeException("TargetCommandFailed", kind, $"Could not {purpose} on {name}: {how}.", $"Test-ForgeTarget {name} shows what is wrong.", name);
    }

    /// <summary>The last line of a text that says something.</summary>
    public static string LastLine(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var last = lines.LastOrDefault(l => !l.StartsWith("WARNING", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "nothing was said";
        return last.Length > 300 ? last[..300] + "…" : last;
    }
}
