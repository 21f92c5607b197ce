using Forge.Core.Findings;
using Forge.Core.Operations;

namespace Forge.Core.Loop;

/// <summary>A change that ran, with what the host says of it.</summary>
/// <param name="Draft">The change.</param>
/// <param name="Status">Its state and result.</param>
public sealed record Acted(Draft Draft, OperationStatus Status)
{
    /// <summary>All that it is known to have touched.</summary>
    public ResourceOverlap Touched { get; } = new(Draft.Resources, Status.Changes);

    /// <summary>Whether another change touched the same: taking this one back would also take the other's part.</summary>
    public bool Shares(Acted other) => Files.Any(f => other.Touched.Contains(f) || other.Draft.Resources.Contains(f))
        || other.Files.Any(Touched.Contains)
        || (ChangesPackages && other.ChangesPackages)
        || other.Touched.SharesThing(Touched);

    private IEnumerable<Resource> Files => Status.Changes.Files.Select(f => new Resource(ResourceKind.File, f));

    // One may need what the other brought, by a dependency that neither names.
    private bool ChangesPackages => Status.Changes.PackagesInstalled.Count + Status.Changes.PackagesRemoved.Count > 0;
}
