using Forge.Core.Targets;

namespace Forge.Core.Operations;

/// <summary>Port: gives the operation host that works through a connection.</summary>
public interface IOperationHostFactory
{
    /// <summary>Binds the wrapper to a connection; installs nothing yet.</summary>
    IOperationHost For(ITarget fixer);
}
