using Forge.Core.Models;
using Forge.Models;

namespace Forge.Cmdlets.Models;

/// <summary>A model as Get-ForgeModel shows it.</summary>
public sealed record ModelListing
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>How it is reached.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>Its roles.</summary>
    public required IReadOnlyList<ModelRole> Role { get; init; }

    /// <summary>File or address.</summary>
    public required string Source { get; init; }

    /// <summary>Size of the file in bytes; null for a server.</summary>
    public long? Size { get; init; }

    /// <summary>Tokens of its context.</summary>
    public int ContextTokens { get; init; }

    /// <summary>All settings.</summary>
    public required ModelDescription Settings { get; init; }

    /// <summary>The listing of a model.</summary>
    public static ModelListing Of(ModelDescription model, IReadOnlyDictionary<ModelRole, string> roles) => new()
    {
        Name = model.Name,
        Kind = model.Kind,
        Role = [.. roles.Where(r => r.Value == model.Name).Select(r => r.Key).Order()],
        Source = model.Path ?? model.Endpoint ?? "",
        Size = model.Path is { } path && File.Exists(path) ? new FileInfo(path).Length : null,
        ContextTokens = model.ContextTokens,
        Settings = model,
    };
}
