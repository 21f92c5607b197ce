using System.Diagnostics;
using Forge.Core.Errors;
using Forge.Core.Targets;

namespace Forge.Core.Probing;

/// <summary>Probes a machine through a new login with sudo: own access, services, disks, package database.</summary>
/// <param name="connector">Opens the login.</param>
public sealed class HealthProbe(ITargetConnector connector)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Probes once.</summary>
    /// <param name="target">The machine.</param>
    /// <param name="before">What worked before; null for the first probe.</param>
    /// <param name="intendedStops">Units that the change was to stop.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<HealthReport> ProbeAsync(
        TargetDescription target, HealthSnapshot? before, IReadOnlyCollection<string> intendedStops, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        HealthReport Fault(string text, string fingerprint) => new(null, [text], fingerprint, watch.Elapsed.TotalSeconds);
        CommandResult result;
        try
        {
            await using var login = await connector.ConnectAsync(target, ConnectionRole.Fresh, cancellationToken);
            var request = new CommandRequest { Script = HealthParser.Script, Elevation = Elevation.Sudo, Timeout = Limit, MaxOutputBytes = 4 << 20 };
            result = await login.RunAsync(request, cancellationToken);
            if (!result.Succeeded && !result.ConnectionLost && !result.TimedOut)
            {
                var plain = await login.RunAsync(new CommandRequest { Script = "exit 0", Timeout = Limit }, cancellationToken);
                if (plain.Succeeded)
                {
                    return Fault($"sudo does not work any more: {FirstLine(result.Error)}", "sudo");
                }
            }
        }
        catch (ForgeException e) when (e.Id == "TargetSudoFailed")
        {
            return Fault($"sudo does not work any more: {e.Message}", "sudo");
        }
        catch (ForgeException e)
        {
            return Fault($"a new login fails: {e.Message}", "login");
        }

        if (!result.Succeeded || HealthParser.Parse(result.Output) is not { } now)
        {
            return Fault($"the probe did not come to its end: {Describe(result)}", "login");
        }

        var (faults, fingerprint) = before is null ? ([], "") : HealthJudge.Judge(before, now, intendedStops);
        return new HealthReport(now, faults, fingerprint, watch.Elapsed.TotalSeconds);
    }

    private static string Describe(CommandResult r) =>
        r.TimedOut ? "time limit" : r.ConnectionLost ? "connection lost" : r.Signal is { } s ? $"signal {s}" : $"exit code {r.ExitCode}: {FirstLine(r.Error)}";

    private static string FirstLine(string text) => text.TrimStart().Split('\n')[0].Trim();
}
