using System.Text.Json;
using Forge.Core.Errors;
using Forge.Core.Schema;

namespace Forge.Core.Extraction;

/// <summary>The patterns of a skill, in the order in which they are tried. Immutable. The schema is <c>skills/extract.schema.json</c>, embedded here.</summary>
public sealed class ExtractionRules
{
    internal ExtractionRules(IReadOnlyList<ExtractionPattern> patterns, IReadOnlySet<string> alone) => (Patterns, Alone) = (patterns, alone);

    /// <summary>The JSON schema of such a file.</summary>
    public static JsonElement Schema { get; } = ReadSchema();

    /// <summary>Names of the patterns, in their order.</summary>
    public IReadOnlyList<string> Names => [.. Patterns.Select(p => p.Name)];

    /// <summary>Kinds of action, with the format where the kind has formats, that may be tried though nobody seconds them.</summary>
    public IReadOnlySet<string> Alone { get; }

    internal IReadOnlyList<ExtractionPattern> Patterns { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ForgeException">Ids <c>ExtractNotFound</c>, <c>YamlInvalid</c>, <c>ExtractInvalid</c> with file, line and key of each fault.</exception>
    public static ExtractionRules Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new ForgeException("ExtractNotFound", ForgeErrorKind.NotFound, $"There is no file {path} with patterns.", "Mend the key extract of the skill's manifest.", path);
        }

        return Read(path, File.ReadAllText(path));
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="path">Path named in errors.</param>
    /// <param name="text">The YAML.</param>
    /// <exception cref="ForgeException">Ids <c>YamlInvalid</c>, <c>ExtractInvalid</c> with file, line and key of each fault.</exception>
    public static ExtractionRules Read(string path, string text)
    {
        var (patterns, alone, errors) = ExtractionRulesReader.Read(path, text);
        return errors.Count == 0 ? new ExtractionRules(patterns, alone) : throw new ForgeException(
            "ExtractInvalid", ForgeErrorKind.BadInput, string.Join(Environment.NewLine, errors), "Mend the keys named; Test-ForgeSkill checks a skill with its patterns again.", path);
    }

    /// <summary>Says all that is wrong with a file that exists.</summary>
    /// <exception cref="ForgeException">Id <c>YamlInvalid</c>.</exception>
    public static IReadOnlyList<SchemaError> Check(string path) => ExtractionRulesReader.Read(path, File.ReadAllText(path)).Errors;

    private static JsonElement ReadSchema()
    {
        using var stream = typeof(ExtractionRules).Assembly.GetManifestResourceStream("extract.schema.json")
            ?? throw new InvalidOperationException("extract.schema.json is not embedded");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
