namespace Forge.Core.Skills;

/// <summary>A skill as its folder says it: the manifest <c>skill.yaml</c>, scripts that run on the target, prompts in Markdown. No C# belongs to it.</summary>
public sealed record Skill
{
    /// <summary>Name, also the folder's: lower-case letters, digits and dashes.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>What it does, for help.</summary>
    public string Description { get; init; } = "";

    /// <summary>Version of the skill.</summary>
    public string Version { get; init; } = "0.0.0";

    /// <summary>Name of the engine that makes it work, see <see cref="ISkillEngine.Name"/>.</summary>
    public required string Engine { get; init; }

    /// <summary>Its folder on this machine, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>Parameters that users may give, by name.</summary>
    public IReadOnlyDictionary<string, SkillParameter> Parameters { get; init; } = new Dictionary<string, SkillParameter>();

    /// <summary>What the engine needs to know, by the engine's own keys; values are scalars or lists of scalars.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Settings { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Script in the folder that makes the target ready (as root, recorded as a change); null where none is needed.</summary>
    public string? PrepareScript { get; init; }

    /// <summary>Phases in the order in which items are done; an item belongs to the first one that it matches.</summary>
    public IReadOnlyList<SkillPhase> Phases { get; init; } = [];

    /// <summary>Items that cannot be done without a decision of the user, with what is needed.</summary>
    public IReadOnlyList<SkillDecision> Decisions { get; init; } = [];

    /// <summary>Its own fixes; the first that matches an item counts.</summary>
    public IReadOnlyList<SkillFix> Fixes { get; init; } = [];

    /// <summary>File in the folder with the patterns of <see cref="Extraction.Extractor"/>; null where there is none.</summary>
    public string? ExtractFile { get; init; }

    /// <summary>Which sides of conflicts between items the skill prefers, the strongest first.</summary>
    public IReadOnlyList<Conflicts.Preference> Preferences { get; init; } = [];

    /// <summary>Time for one item: limit of each of its changes on the host, and no other attempt once all of them together took as long.</summary>
    public TimeSpan ItemBudget { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Attempts on one item in a run, at least 1.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>How far a model may go on one item.</summary>
    public ThinkingLimits Thinking { get; init; } = new();

    /// <summary>Whether kept changes are proven by a reboot; without it a target is rebooted only where an item waits for one.</summary>
    public bool RebootToProve { get; init; } = true;

    /// <summary>Rounds of scan, fix, reboot before a run ends, at least 1.</summary>
    public int MaxRounds { get; init; } = 3;

    /// <summary>The parameters as given, with this skill's defaults for those that were not.</summary>
    public IReadOnlyDictionary<string, string> WithDefaults(IReadOnlyDictionary<string, string> given)
    {
        var merged = Parameters.Where(p => p.Value.Default is not null).ToDictionary(p => p.Key, p => p.Value.Default!, StringComparer.Ordinal);
        foreach (var (key, value) in given)
        {
            merged[key] = value;
        }

        return merged;
    }
}
