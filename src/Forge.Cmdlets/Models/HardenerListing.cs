using Forge.Core.Proposals;

namespace Forge.Cmdlets.Models;

/// <summary>A hardening model as Get-ForgeModel shows it, with its lineage.</summary>
public sealed record HardenerListing
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is beside the models that chat: <c>Hardener</c>.</summary>
    public string Kind => "Hardener";

    /// <summary>Whether it is the one that runs ask.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Whether it came with Forge.</summary>
    public required bool Shipped { get; init; }

    /// <summary>Version.</summary>
    public required string Version { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>SHA-256 of its file, as its description says; Compare-ForgeModel and Enable-ForgeModel check it.</summary>
    public required string Digest { get; init; }

    /// <summary>SHA-256 of the file that its training began with; null for none.</summary>
    public string? Parent { get; init; }

    /// <summary>Name of the model of that file; null where there is none or it is not here.</summary>
    public string? ParentName { get; init; }

    /// <summary>How it was made.</summary>
    public required HardenerRecipe Recipe { get; init; }

    /// <summary>What it was trained on.</summary>
    public required HardenerTraining Data { get; init; }

    /// <summary>What its maker measured.</summary>
    public required IReadOnlyList<HardenerFigure> Figures { get; init; }

    /// <summary>When its proposals count.</summary>
    public required HardenerGate Gate { get; init; }

    /// <summary>The GGUF file.</summary>
    public required string Source { get; init; }

    /// <summary>Size of the file in bytes; null where it is missing.</summary>
    public long? Size { get; init; }

    /// <summary>The listing of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="enabled">Name of the enabled one.</param>
    /// <param name="all">All models, to name parents.</param>
    public static HardenerListing Of(HardenerModel model, string enabled, IReadOnlyList<HardenerModel> all) => new()
    {
        Name = model.Name,
        Enabled = model.Name == enabled,
        Shipped = model.IsShipped,
        Version = model.Version,
        CreatedAt = model.CreatedAt,
        Digest = model.Sha256,
        Parent = model.Parent,
        ParentName = model.Parent is null ? null : all.FirstOrDefault(m => m.Sha256 == model.Parent)?.Name,
        Recipe = model.Recipe,
        Data = model.Data,
        Figures = model.Figures,
        Gate = model.Gate,
        Source = model.ModelFile,
        Size = File.Exists(model.ModelFile) ? new FileInfo(model.ModelFile).Length : null,
    };
}
