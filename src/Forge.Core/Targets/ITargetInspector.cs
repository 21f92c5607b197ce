namespace Forge.Core.Targets;

/// <summary>Port: reads facts of a machine and waits for its next boot.</summary>
public interface ITargetInspector
{
    /// <summary>Reads the facts in one round trip.</summary>
    /// <exception cref="Errors.ForgeException">Id <c>TargetFactsUnreadable</c>.</exception>
    Task<HostFacts> ReadFactsAsync(ITarget target, CancellationToken cancellationToken);

    /// <summary>Waits until a new login shows another boot id.</summary>
    /// <param name="target">The machine.</param>
    /// <param name="previousBootId">Boot id before the reboot.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The facts after the boot; null where the limit ran out.</returns>
    Task<HostFacts?> WaitForBootAsync(TargetDescription target, string previousBootId, TimeSpan limit, CancellationToken cancellationToken);
}
