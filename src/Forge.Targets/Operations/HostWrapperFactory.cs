using Forge.Core.Operations;
using Forge.Core.Targets;

namespace Forge.Targets.Operations;

/// <summary>Gives the wrapper that works through a connection.</summary>
public sealed class HostWrapperFactory : IOperationHostFactory
{
    /// <inheritdoc/>
    public IOperationHost For(ITarget fixer)
    {
        ArgumentNullException.ThrowIfNull(fixer);
        return new HostWrapper(fixer);
    }
}
