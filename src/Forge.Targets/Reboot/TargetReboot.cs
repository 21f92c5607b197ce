using Forge.Core.Errors;
using Forge.Core.Targets;
using Forge.Targets.Facts;

namespace Forge.Targets.Reboot;

/// <summary>Waits for a machine that was told to reboot, and proves by its boot id that it did.</summary>
public sealed class TargetReboot(ITargetConnector connector, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly HostFactsReader _facts = new();

    /// <summary>Waits for a new login with another boot id.</summary>
    /// <param name="target">The machine.</param>
    /// <param name="previousBootId">Its boot id before.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Facts read after the boot.</returns>
    /// <exception cref="ForgeException">Ids <c>RebootNeverHappened</c> (it answers, with the same boot id), <c>RebootNotBack</c> (it does not answer), or the connection's own where it answers but refuses (host key, login).</exception>
    public async Task<HostFacts> WaitForBootAsync(TargetDescription target, string previousBootId, TimeSpan limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var started = clock.GetTimestamp();
        var wentDown = false;
        ForgeException? last = null;
        while (clock.GetElapsedTime(started) < limit)
        {
            try
            {
                var facts = await AskAsync(target with { ConnectingTimeout = Math.Min(target.ConnectingTimeout, 5) }, cancellationToken).ConfigureAwait(false);
                last = null;
                if (facts.BootId != previousBootId)
                {
                    return facts;
                }
            }
            catch (ForgeException error) when (error.Id is "TargetUnreachable" || (error.Id is "TargetAuthenticationFailed" && !Expired(started, limit)))
            {
                // While it goes down or comes up, logins are refused too (pam_nologin).
                wentDown = true;
                last = error;
            }

            await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
        }

        throw last is null
            ? new ForgeException(
                "RebootNeverHappened", ForgeErrorKind.Timeout,
                $"{target.Name} still has the boot it had before ({previousBootId}){(wentDown ? ", though it did not answer for a while" : "; it never went down")}.",
                "Look for what holds the shutdown back (systemctl list-jobs, an inhibitor), then reboot it by hand.", target.Name)
            : new ForgeException(
                "RebootNotBack", ForgeErrorKind.Unreachable, FormattableString.Invariant($"{target.Name} did not come back within {limit.TotalSeconds:0} s: {last.Message}"),
                "Look at its console; the boot may wait for something.", target.Name, last);
    }

    private bool Expired(long started, TimeSpan limit) => clock.GetElapsedTime(started) >= limit;

    private async Task<HostFacts> AskAsync(TargetDescription target, CancellationToken cancellationToken)
    {
        var connection = await connector.ConnectAsync(target, ConnectionRole.Fresh, cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await _facts.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        }
    }
}
