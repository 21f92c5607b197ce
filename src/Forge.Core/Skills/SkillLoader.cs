using System.Text.Json;
using Forge.Core.Errors;
using Forge.Core.Extraction;
using Forge.Core.Schema;
using YamlDotNet.RepresentationModel;

namespace Forge.Core.Skills;

/// <summary>Reads a skill's folder. The schema is <c>skills/skill.schema.json</c>, embedded here.</summary>
public static class SkillLoader
{
    private static readonly string[] FixScripts = ["before", "script"];

    private const string ManifestName = "skill.yaml";

    /// <summary>The JSON schema of <c>skill.yaml</c>.</summary>
    public static JsonElement Schema { get; } = ReadSchema();

    /// <summary>Checks a folder and says all that is wrong.</summary>
    /// <param name="folder">The skill's folder.</param>
    /// <param name="engines">Names of the engines there are.</param>
    public static IReadOnlyList<SchemaError> Check(string folder, IReadOnlyCollection<string> engines)
    {
        var file = Path.Combine(folder, ManifestName);
        if (!File.Exists(file))
        {
            return [new SchemaError(file, 0, "", "there is no skill.yaml in this folder; New-ForgeSkill writes one")];
        }

        if (YamlText.Parse(file, File.ReadAllText(file)) is not YamlMappingNode root)
        {
            return [new SchemaError(file, 1, "", "must be an object with name, title and engine")];
        }

        var errors = new List<SchemaError>(YamlSchemaValidator.Validate(Schema, file, root));
        if (errors.Count == 0)
        {
            errors.AddRange(CheckMeaning(Build(root, folder), root, file, engines));
        }

        return errors;
    }

    /// <summary>Reads a skill.</summary>
    /// <exception cref="ForgeException">Id <c>SkillInvalid</c> with file, line and key of each fault.</exception>
    public static Skill Load(string folder, IReadOnlyCollection<string> engines)
    {
        var errors = Check(folder, engines);
        if (errors.Count > 0)
        {
            throw new ForgeException(
                "SkillInvalid",
                ForgeErrorKind.BadInput,
                string.Join(Environment.NewLine, errors),
                $"Mend the keys named; Test-ForgeSkill {folder} checks again.",
                folder);
        }

        var file = Path.Combine(folder, ManifestName);
        return Build((YamlMappingNode)YamlText.Parse(file, File.ReadAllText(file))!, folder);
    }

    private static IEnumerable<SchemaError> CheckMeaning(Skill skill, YamlMappingNode root, string file, IReadOnlyCollection<string> engines)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(skill.Folder));
        if (skill.Name != name)
        {
            yield return new SchemaError(file, LineOf(root, "name"), "name", $"'{skill.Name}' must equal the folder's name '{name}'");
        }

        if (!engines.Contains(skill.Engine))
        {
            yield return new SchemaError(file, LineOf(root, "engine"), "engine", $"there is no engine '{skill.Engine}'; there are {string.Join(", ", engines)}");
        }

        if (skill.PrepareScript is { } script && !File.Exists(Path.Combine(skill.Folder, script)))
        {
            yield return new SchemaError(file, LineOf(root, "prepare"), "prepare", $"the script '{script}' is not in the folder");
        }

        var number = 0;
        foreach (var fix in Maps(root, "fixes"))
        {
            foreach (var key in FixScripts)
            {
                if (Text(fix, key) is { } named && SkillScript.FaultOf(skill.Folder, named) is { } fault)
                {
                    yield return new SchemaError(file, LineOf(fix, key), $"fixes[{number}].{key}", fault);
                }
            }

            if (Text(fix, "script") is null && Text(fix, "before") is null)
            {
                yield return new SchemaError(file, LineOf(fix, "because"), $"fixes[{number}].script", "is required where a fix has no before");
            }

            number++;
        }

        foreach (var error in CheckPatterns(skill, root, file).Concat(SkillDecisionReader.Check(skill.Folder, root, file)))
        {
            yield return error;
        }
    }

    private static IReadOnlyList<SchemaError> CheckPatterns(Skill skill, YamlMappingNode root, string file) =>
        skill.ExtractFile is not { } patterns ? []
        : File.Exists(Path.Combine(skill.Folder, patterns)) ? ExtractionRules.Check(Path.Combine(skill.Folder, patterns))
        : [new SchemaError(file, LineOf(root, "extract"), "extract", $"the file '{patterns}' is not in the folder")];

    private static Skill Build(YamlMappingNode root, string folder) => new()
    {
        Name = Text(root, "name")!,
        Title = Text(root, "title")!,
        Description = Text(root, "description") ?? "",
        Version = Text(root, "version") ?? "0.0.0",
        Engine = Text(root, "engine")!,
        Folder = Path.GetFullPath(folder),
        PrepareScript = Text(root, "prepare"),
        Parameters = Map(root, "parameters").ToDictionary(
            p => p.Key, p => new SkillParameter(Text((YamlMappingNode)p.Value, "description") ?? "", Text((YamlMappingNode)p.Value, "default"), Text((YamlMappingNode)p.Value, "required") == "true")),
        Settings = Map(root, "settings").ToDictionary(p => p.Key, p => Texts(p.Value)),
        Phases = [.. Maps(root, "phases").Select(BuildPhase)],
        Decisions = [.. Maps(root, "decisions").Select(SkillDecisionReader.Build)],
        Fixes = [.. Maps(root, "fixes").Select(f => new SkillFix(Texts(Child(f, "ids")), Text(f, "script"), Text(f, "because")!, Text(f, "needsReboot") == "true", Text(f, "before")))],
        ExtractFile = Text(root, "extract"),
        Preferences = [.. Maps(root, "preferences").Select(p => new Conflicts.Preference(Text(p, "prefer")!, Text(p, "because") ?? "", "the skill"))],
        ItemBudget = Text(root, "itemBudget") is { } budget ? TimeSpan.Parse(budget, System.Globalization.CultureInfo.InvariantCulture) : TimeSpan.FromMinutes(10),
        MaxAttempts = Number(root, "maxAttempts") ?? 3,
        MaxRounds = Number(root, "maxRounds") ?? 3,
        RebootToProve = Text(root, "rebootToProve") != "false",
        Thinking = Child(root, "model") is YamlMappingNode model ? BuildThinking(model) : new ThinkingLimits(),
    };

    private static ThinkingLimits BuildThinking(YamlMappingNode node)
    {
        var standard = new ThinkingLimits();
        return new ThinkingLimits
        {
            Attempts = Number(node, "attempts") ?? standard.Attempts,
            Turns = Number(node, "turns") ?? standard.Turns,
            Tokens = Number(node, "tokens") ?? standard.Tokens,
            Time = Text(node, "time") is { } time ? TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture) : standard.Time,
            Actions = Texts(Child(node, "actions")),
            Steps = Number(node, "steps") ?? standard.Steps,
            BoundToItem = Text(node, "boundToItem") != "false",
        };
    }

    private static SkillPhase BuildPhase(YamlMappingNode node) => new()
    {
        Name = Text(node, "name")!,
        Ids = Texts(Child(node, "ids")),
        Categories = Texts(Child(node, "categories")),
        NeedsReboot = Text(node, "needsReboot") is { } needs ? needs == "true" : null,
        RebootAfter = Text(node, "rebootAfter") == "true",
    };

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    private static string? Text(YamlMappingNode node, string key) => (Child(node, key) as YamlScalarNode)?.Value is { } s && s != "null" ? s : null;

    private static int? Number(YamlMappingNode node, string key) => Text(node, key) is { } s ? int.Parse(s, System.Globalization.CultureInfo.InvariantCulture) : null;

    private static IReadOnlyList<string> Texts(YamlNode? node) => node switch
    {
        YamlSequenceNode list => [.. list.Children.OfType<YamlScalarNode>().Select(s => s.Value ?? "")],
        YamlScalarNode scalar => [scalar.Value ?? ""],
        _ => [],
    };

    private static IEnumerable<KeyValuePair<string, YamlNode>> Map(YamlMappingNode node, string key) =>
        (Child(node, key) as YamlMappingNode)?.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, c.Value)) ?? [];

    private static IEnumerable<YamlMappingNode> Maps(YamlMappingNode node, string key) => (Child(node, key) as YamlSequenceNode)?.Children.OfType<YamlMappingNode>() ?? [];

    private static long LineOf(YamlMappingNode root, string key) =>
        root.Children.Keys.FirstOrDefault(k => k is YamlScalarNode s && s.Value == key)?.Start.Line ?? root.Start.Line;

    private static JsonElement ReadSchema()
    {
        using var stream = typeof(SkillLoader).Assembly.GetManifestResourceStream("skill.schema.json")
            ?? throw new InvalidOperationException("skill.schema.json is not embedded");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
