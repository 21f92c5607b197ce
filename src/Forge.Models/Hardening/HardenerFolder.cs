using System.Security.Cryptography;
using System.Text.Json;
using Forge.Core.Errors;
using Forge.Core.Proposals;
using Forge.Core.Schema;

namespace Forge.Models.Hardening;

/// <summary>Reads the folder of a hardening model: <c>model.json</c>, the GGUF file that it names, and, where they are there, <c>heldout.jsonl</c> and <c>train-ids.txt</c>.</summary>
public static class HardenerFolder
{
    /// <summary>Name of the file that describes the model.</summary>
    public const string DescriptionFile = "model.json";

    /// <summary>Name of the file with the rules on which no model is trained.</summary>
    public const string HeldOutFile = "heldout.jsonl";

    /// <summary>Name of the file with the ids of all rules that it was trained on, its parents' included, one a line.</summary>
    public const string TrainedIdsFile = "train-ids.txt";

    private static readonly JsonElement Schema = ReadSchema();

    /// <summary>Reads the description; does not open the GGUF file.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isShipped">Whether it came with Forge.</param>
    /// <exception cref="ForgeException">Id <c>HardenerInvalid</c> with file, line and key.</exception>
    public static HardenerModel Read(string folder, bool isShipped)
    {
        folder = Path.GetFullPath(folder);
        var path = Path.Combine(folder, DescriptionFile);
        if (!File.Exists(path))
        {
            throw Invalid(path, $"{path}: there is no such file, so that nothing says what the model is");
        }

        var model = Parse(path, TextOf(path));
        if (model.Name != Path.GetFileName(folder))
        {
            throw Invalid(path, $"{path}: name: '{model.Name}' is not the name of its folder");
        }

        return string.Equals(model.Name, HardenerShelf.None, StringComparison.OrdinalIgnoreCase)
            ? throw Invalid(path, $"{path}: name: '{model.Name}' stands for no model at all")
            : model with { Folder = folder, IsShipped = isShipped };
    }

    /// <summary>Checks that the GGUF file is the one that the description speaks of.</summary>
    /// <exception cref="ForgeException">Ids <c>HardenerFileMissing</c>, <c>HardenerFileChanged</c>.</exception>
    public static async Task RequireFileAsync(HardenerModel model, CancellationToken cancellationToken)
    {
        if (!File.Exists(model.ModelFile))
        {
            throw new ForgeException(
                "HardenerFileMissing", ForgeErrorKind.NotFound, $"The model {model.Name} names the file {model.ModelFile}, which does not exist.", "Copy the whole folder of the model.", model.Name);
        }

        await using var file = File.OpenRead(model.ModelFile);
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        if (digest != model.Sha256)
        {
            throw new ForgeException(
                "HardenerFileChanged", ForgeErrorKind.Corrupt, $"The file {model.ModelFile} has the digest {digest}, its {DescriptionFile} says {model.Sha256}: its figures and lineage are of another file.",
                "Copy the folder again, or make the model again with its recipe.", model.Name);
        }
    }

    /// <summary>Ids of the rules that it was trained on; null where its folder does not say.</summary>
    public static IReadOnlyList<string>? TrainedIds(HardenerModel model)
    {
        var path = Path.Combine(model.Folder, TrainedIdsFile);
        return File.Exists(path) ? [.. File.ReadLines(path).Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#')] : null;
    }

    private static string TextOf(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Invalid(path, $"{path}: cannot be read: {e.Message}", e);
        }
    }

    private static HardenerModel Parse(string path, string text)
    {
        try
        {
            // First by the schema, which names lines and finds every fault; then as what it is, JSON and not YAML.
            var root = YamlText.Parse(path, text);
            IReadOnlyList<SchemaError> errors = root is null ? [new SchemaError(path, 1, "", "is empty")] : YamlSchemaValidator.Validate(Schema, path, root);
            return errors.Count > 0
                ? throw Invalid(path, string.Join(Environment.NewLine, errors))
                : JsonSerializer.Deserialize<HardenerModel>(text, HardenerJson.Files)!;
        }
        catch (ForgeException e) when (e.Id == "YamlInvalid")
        {
            throw Invalid(path, e.Message.Replace("not valid YAML", "not valid JSON", StringComparison.Ordinal), e);
        }
        catch (JsonException e)
        {
            throw Invalid(path, $"{path}:{e.LineNumber + 1}: {HardenerJson.KeyOf(e)}: {e.Message}", e);
        }
    }

    private static ForgeException Invalid(string path, string what, Exception? inner = null) =>
        new("HardenerInvalid", ForgeErrorKind.BadInput, what, "Mend the keys named; about_Forge_Models describes the folder of a hardening model.", path, inner);

    private static JsonElement ReadSchema()
    {
        using var stream = typeof(HardenerFolder).Assembly.GetManifestResourceStream("hardener.schema.json")!;
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }
}
