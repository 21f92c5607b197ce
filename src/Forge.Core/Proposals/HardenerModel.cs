using System.Text.Json.Serialization;

namespace Forge.Core.Proposals;

/// <summary>A hardening model, which turns the text of a rule into one typed action: its <c>model.json</c>.</summary>
public sealed record HardenerModel
{
    /// <summary>Name: letters, digits, dots, dashes and underscores; its folder has the same name.</summary>
    public required string Name { get; init; }

    /// <summary>Version, as its maker counts.</summary>
    public required string Version { get; init; }

    /// <summary>Name of the GGUF file beside <c>model.json</c>.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the GGUF file, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>SHA-256 of the GGUF file that its training began with; null where it began with nothing.</summary>
    public required string? Parent { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How it was made.</summary>
    public required HardenerRecipe Recipe { get; init; }

    /// <summary>What it was trained on.</summary>
    public required HardenerTraining Data { get; init; }

    /// <summary>What its maker measured; a promotion rests on a comparison of its own and never on these.</summary>
    public required IReadOnlyList<HardenerFigure> Figures { get; init; }

    /// <summary>When its proposals count.</summary>
    public required HardenerGate Gate { get; init; }

    /// <summary>Its folder, absolute.</summary>
    [JsonIgnore]
    public string Folder { get; init; } = "";

    /// <summary>Whether it came with Forge.</summary>
    [JsonIgnore]
    public bool IsShipped { get; init; }

    /// <summary>The GGUF file, absolute.</summary>
    [JsonIgnore]
    public string ModelFile => Path.Combine(Folder, File);
}
