using Forge.Core.Errors;
using Forge.Core.Operations;
using Forge.Core.Targets;

namespace Forge.Core.Loop;

/// <summary>The connections to one target: a fixer and a verifier that are opened when needed and dropped after a reboot, a revert or a loss.</summary>
/// <param name="description">The machine.</param>
/// <param name="connector">Opens connections.</param>
/// <param name="hosts">Binds the wrapper to the fixer.</param>
public sealed class TargetLink(TargetDescription description, ITargetConnector connector, IOperationHostFactory hosts) : IAsyncDisposable
{
    private ITarget? _fixer;
    private ITarget? _verifier;
    private IOperationHost? _host;

    /// <summary>The machine.</summary>
    public TargetDescription Description => description;

    /// <summary>The connection for verdicts.</summary>
    public async Task<ITarget> VerifierAsync(CancellationToken cancellationToken) =>
        _verifier ??= await connector.ConnectAsync(description, ConnectionRole.Verifier, cancellationToken);

    /// <summary>Reads through the connection for verdicts; where that was lost meanwhile, once more through a new one. Only for what changes nothing.</summary>
    /// <exception cref="ForgeException">The reading's own, or that no new connection can be had.</exception>
    public async Task<T> ReadAsync<T>(Func<ITarget, Task<T>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        var verifier = await VerifierAsync(cancellationToken);
        try
        {
            return await read(verifier);
        }
        catch (ForgeException e) when (e.Kind == ForgeErrorKind.Unreachable)
        {
            _verifier = null;
            await verifier.DisposeAsync();
            return await read(await VerifierAsync(cancellationToken));
        }
    }

    /// <summary>The connection for changes.</summary>
    public async Task<ITarget> FixerAsync(CancellationToken cancellationToken) =>
        _fixer ??= await connector.ConnectAsync(description, ConnectionRole.Fixer, cancellationToken);

    /// <summary>The wrapper on the host, through the fixer.</summary>
    public async Task<IOperationHost> HostAsync(CancellationToken cancellationToken) =>
        _host ??= hosts.For(await FixerAsync(cancellationToken));

    /// <summary>Drops all connections; the next use opens new ones.</summary>
    public async ValueTask ResetAsync()
    {
        var (fixer, verifier) = (_fixer, _verifier);
        (_fixer, _verifier, _host) = (null, null, null);
        if (fixer is not null)
        {
            await fixer.DisposeAsync();
        }

        if (verifier is not null)
        {
            await verifier.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ResetAsync();
}
