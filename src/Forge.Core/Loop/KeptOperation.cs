using Forge.Core.Operations;

namespace Forge.Core.Loop;

/// <summary>A change that was kept.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Item">Item that it belongs to.</param>
/// <param name="Sequence">Line of the journal with its result.</param>
/// <param name="Changes">What the host saw change.</param>
public sealed record KeptOperation(OperationId Id, string Item, long Sequence, HostChanges Changes);
