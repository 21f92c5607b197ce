using System.Globalization;
using System.Runtime.CompilerServices;
using Forge.Core.Checkpoints;
using Forge.Core.Errors;
using Forge.Core.Targets;
using Forge.Targets.Facts;
using Forge.Targets.HostKeys;

namespace Forge.Targets.Checks;

/// <summary>Looks whether a target can be worked on; each row comes as soon as it is known.</summary>
/// <param name="connector">Opens the connection.</param>
/// <param name="hostKeys">Known host keys.</param>
/// <param name="checkpoints">Finds outside checkpoints; null where there are none.</param>
/// <param name="clock">Clock to compare with.</param>
/// <param name="more">Further rows, for example a skill's look for its scanner; called with the open connection.</param>
public sealed class TargetTester(
    ITargetConnector connector,
    HostKeyStore hostKeys,
    ICheckpointSource? checkpoints,
    TimeProvider clock,
    Func<ITarget, CancellationToken, IAsyncEnumerable<TargetCheck>>? more = null)
{
    private const long LittleRoom = 512L << 20;

    /// <summary>Runs the checks; after a connection that failed there is nothing more to look at.</summary>
    public async IAsyncEnumerable<TargetCheck> TestAsync(TargetDescription target, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var started = clock.GetTimestamp();
        var (connection, error) = await ConnectAsync(target, cancellationToken).ConfigureAwait(false);
        if (connection is null)
        {
            var about = error!.Id.StartsWith("TargetHostKey", StringComparison.Ordinal) ? "HostKey" : "Reachable";
            yield return new TargetCheck(about, TargetCheckResult.Failed, $"{error.Message} {error.NextStep}".TrimEnd());
            yield break;
        }

        await using (connection.ConfigureAwait(false))
        {
            yield return await ReachableAsync(connection, clock.GetElapsedTime(started), cancellationToken).ConfigureAwait(false);
            if (target.Transport == TargetTransport.Ssh)
            {
                yield return await HostKeyAsync(target, cancellationToken).ConfigureAwait(false);
            }

            yield return await SudoAsync(connection, cancellationToken).ConfigureAwait(false);
            var asked = clock.GetTimestamp();
            var facts = await new HostFactsReader().ReadAsync(connection, cancellationToken).ConfigureAwait(false);
            yield return new TargetCheck("Os", TargetCheckResult.Ok, facts.OsName);
            yield return Disk(facts);
            yield return Clock(facts, clock.GetUtcNow() - (clock.GetElapsedTime(asked) / 2));
            if (more is not null)
            {
                await foreach (var row in more(connection, cancellationToken).ConfigureAwait(false))
                {
                    yield return row;
                }
            }

            yield return await UndoAsync(target, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>How far the host's clock is from ours.</summary>
    internal static TargetCheck Clock(HostFacts facts, DateTimeOffset now)
    {
        var ahead = (facts.Clock - now).TotalSeconds;
        var text = string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(ahead):0.0} s {(ahead < 0 ? "behind" : "ahead")}");
        return Math.Abs(ahead) < 30
            ? new TargetCheck("Clock", TargetCheckResult.Ok, text)
            : new TargetCheck("Clock", TargetCheckResult.Warning, text + "; set up time synchronisation, package signatures and certificates depend on it");
    }

    /// <summary>Room on the root file system.</summary>
    internal static TargetCheck Disk(HostFacts facts)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{facts.FreeBytes / (double)(1 << 30):0.0} GiB free of {facts.TotalBytes / (double)(1 << 30):0.0} GiB on /");
        return facts.FreeBytes >= LittleRoom
            ? new TargetCheck("Disk", TargetCheckResult.Ok, text)
            : new TargetCheck("Disk", TargetCheckResult.Warning, text + "; free some, scans and journals need room");
    }

    private async Task<(ITarget? Connection, ForgeException? Error)> ConnectAsync(TargetDescription target, CancellationToken cancellationToken)
    {
        try
        {
            return (await connector.ConnectAsync(target, ConnectionRole.Verifier, cancellationToken).ConfigureAwait(false), null);
        }
        catch (ForgeException error)
        {
            return (null, error);
        }
    }

    private async Task<TargetCheck> ReachableAsync(ITarget connection, TimeSpan login, CancellationToken cancellationToken)
    {
        var result = await connection.RunAsync(
            new CommandRequest { Script = "PATH=$PATH:/usr/sbin:/sbin; command -v sshd >/dev/null && sshd -V 2>&1 | grep -o 'OpenSSH_[^ ,]*' | head -n 1; ssh -V 2>&1 | grep -o 'OpenSSH_[^ ,]*' | head -n 1; exit 0" },
            cancellationToken).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            return new TargetCheck("Reachable", TargetCheckResult.Failed, "the login works, but a command does not: " + result.Error.Trim());
        }

        var version = result.Output.Split('\n')[0].Replace('_', ' ');
        var time = string.Create(CultureInfo.InvariantCulture, $"{login.TotalMilliseconds:0} ms");
        return new TargetCheck("Reachable", TargetCheckResult.Ok, version.Length > 0 && connection.Description.Transport == TargetTransport.Ssh ? $"{time}, {version}" : time);
    }

    private async Task<TargetCheck> HostKeyAsync(TargetDescription target, CancellationToken cancellationToken)
    {
        try
        {
            var key = await hostKeys.FetchAsync(target, cancellationToken).ConfigureAwait(false);
            return new TargetCheck("HostKey", TargetCheckResult.Ok, $"{key.Algorithm} {key.Fingerprint} (known)");
        }
        catch (ForgeException error)
        {
            return new TargetCheck("HostKey", TargetCheckResult.Warning, error.Message);
        }
    }

    private static async Task<TargetCheck> SudoAsync(ITarget connection, CancellationToken cancellationToken)
    {
        try
        {
            var result = await connection.RunAsync(new CommandRequest { Script = "id -u", Elevation = Elevation.Sudo }, cancellationToken).ConfigureAwait(false);
            return result.Output == "0\n"
                ? new TargetCheck("Sudo", TargetCheckResult.Ok, connection.Description.SudoPasswordFile is null ? "without password" : "with password")
                : new TargetCheck("Sudo", TargetCheckResult.Failed, "does not give root: " + (result.Output + result.Error).Trim());
        }
        catch (ForgeException error)
        {
            return new TargetCheck("Sudo", TargetCheckResult.Failed, $"{error.Message} {error.NextStep}".TrimEnd());
        }
    }

    private async Task<TargetCheck> UndoAsync(TargetDescription target, CancellationToken cancellationToken)
    {
        var provider = checkpoints is null ? null : await checkpoints.FindAsync(target, cancellationToken).ConfigureAwait(false);
        return new TargetCheck(
            "Undo", TargetCheckResult.Ok,
            provider is null
                ? "file journal (no snapshot here; lockout-capable changes arm a dead-man revert)"
                : $"{provider.Kind}, and the file journal on the host");
    }
}
