using Forge.Core.Actions;

namespace Forge.Core.Fixes;

/// <summary>Port: where the next action comes from.</summary>
public interface IFixSource
{
    /// <summary>Arm under which results are counted: <c>memory</c>, <c>content</c>, <c>extractor</c>, <c>model</c>.</summary>
    string Arm { get; }

    /// <summary>Proposes an action, or null where this source has none (any more) for the item.</summary>
    Task<ForgeAction?> ProposeAsync(FixRequest request, CancellationToken cancellationToken);
}
