using Forge.Core.Errors;
using Forge.Core.Skills;
using Forge.Core.Targets;
using Forge.Scap.Remediation;

namespace Forge.Scap.Engine;

/// <summary>What a skill's manifest tells this engine, by the keys of its <c>settings</c>.</summary>
internal sealed record EngineSettings
{
    /// <summary><c>content</c>: file names of data streams; <c>{os}</c>, <c>{version}</c> (leading number) and <c>{compactVersion}</c> (without dots) are those of os-release.</summary>
    public required IReadOnlyList<string> ContentNames { get; init; }

    /// <summary><c>contentFolders</c>: folders in which they are looked for, here and on the target; absolute.</summary>
    public required IReadOnlyList<string> ContentFolders { get; init; }

    /// <summary><c>idPrefix</c>: what short ids leave out.</summary>
    public string IdPrefix { get; init; } = "";

    /// <summary><c>fixSystem</c>: system of the fixes.</summary>
    public string FixSystem { get; init; } = FixRenderer.ShellSystem;

    /// <summary><c>shortFixes</c>: kinds of typed action (<c>audit-rule</c>); a fix that comes down to these alone is done in its short form at the first attempt.</summary>
    public IReadOnlySet<string> ShortFixes { get; init; } = new HashSet<string>();

    /// <summary><c>withhold</c>: short ids of rules whose fix of the content is not used.</summary>
    public IReadOnlySet<string> Withheld { get; init; } = new HashSet<string>();

    /// <summary><c>scanner</c>: the scanner's command.</summary>
    public string Scanner { get; init; } = "oscap";

    /// <summary><c>scanMinutes</c>: time limit of a whole scan in minutes, 1 to 1440.</summary>
    public TimeSpan ScanLimit { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary><c>checkMinutes</c>: time limit of the check of some rules in minutes, 1 to 1440.</summary>
    public TimeSpan CheckLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="ForgeException">Id <c>SkillSettingInvalid</c>.</exception>
    public static EngineSettings Of(Skill skill) => new()
    {
        ContentNames = skill.Settings.GetValueOrDefault("content") ?? [],
        ContentFolders = skill.Settings.GetValueOrDefault("contentFolders") ?? [],
        IdPrefix = Text(skill, "idPrefix", ""),
        FixSystem = Text(skill, "fixSystem", FixRenderer.ShellSystem),
        ShortFixes = (skill.Settings.GetValueOrDefault("shortFixes") ?? []).ToHashSet(StringComparer.Ordinal),
        Withheld = (skill.Settings.GetValueOrDefault("withhold") ?? []).ToHashSet(StringComparer.Ordinal),
        Scanner = Text(skill, "scanner", "oscap"),
        ScanLimit = Minutes(skill, "scanMinutes", 60),
        CheckLimit = Minutes(skill, "checkMinutes", 15),
    };

    /// <summary>File names for a machine, in the order in which they are preferred.</summary>
    public IReadOnlyList<string> NamesFor(HostFacts facts)
    {
        var version = facts.OsVersion;
        var leading = version.Split('.')[0];
        var compact = version.Replace(".", "", StringComparison.Ordinal);
        return [.. ContentNames
            .Select(n => n.Replace("{os}", facts.OsId, StringComparison.Ordinal)
                .Replace("{version}", leading, StringComparison.Ordinal)
                .Replace("{compactVersion}", compact, StringComparison.Ordinal))
            .Distinct()];
    }

    private static string Text(Skill skill, string key, string absent) =>
        skill.Settings.TryGetValue(key, out var values) ? values.Count == 1 ? values[0] : throw Invalid(skill, key, "one text") : absent;

    private static TimeSpan Minutes(Skill skill, string key, int absent)
    {
        var text = Text(skill, key, absent.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return int.TryParse(text, out var minutes) && minutes is >= 1 and <= 1440 ? TimeSpan.FromMinutes(minutes) : throw Invalid(skill, key, "a number from 1 to 1440");
    }

    private static ForgeException Invalid(Skill skill, string key, string wanted) => new(
        "SkillSettingInvalid",
        ForgeErrorKind.BadInput,
        $"{Path.Combine(skill.Folder, "skill.yaml")}: settings.{key} must be {wanted}.",
        "Correct it; Test-ForgeSkill checks the whole manifest.",
        skill.Name);
}
