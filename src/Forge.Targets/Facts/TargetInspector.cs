using Forge.Core.Errors;
using Forge.Core.Targets;
using Forge.Targets.Reboot;

namespace Forge.Targets.Facts;

/// <summary>Reads facts and waits for boots, for the loop.</summary>
/// <param name="connector">Opens the logins that prove a boot.</param>
/// <param name="clock">Clock to wait by.</param>
public sealed class TargetInspector(ITargetConnector connector, TimeProvider clock) : ITargetInspector
{
    private readonly HostFactsReader _facts = new();
    private readonly TargetReboot _reboot = new(connector, clock);

    /// <inheritdoc/>
    public Task<HostFacts> ReadFactsAsync(ITarget target, CancellationToken cancellationToken) => _facts.ReadAsync(target, cancellationToken);

    /// <inheritdoc/>
    public async Task<HostFacts?> WaitForBootAsync(TargetDescription target, string previousBootId, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            return await _reboot.WaitForBootAsync(target, previousBootId, limit, cancellationToken).ConfigureAwait(false);
        }
        catch (ForgeException e) when (e.Id is "RebootNeverHappened" or "RebootNotBack")
        {
            // The port's way to say that the limit ran out; what follows (revert, stop) is the loop's decision.
            return null;
        }
    }
}
