namespace Forge.Core.Models;

/// <summary>No model at all: what the vendor's fix leaves is left.</summary>
public sealed class NoModels : IModelSource
{
    /// <summary>The one instance.</summary>
    public static NoModels Instance { get; } = new();

    /// <inheritdoc/>
    public RoleModel? Find(ModelRole role) => null;
}
