using System.Text.Json;
using Forge.Core.Errors;
using Forge.Core.Skills;
using Forge.Core.Targets;

namespace Forge.Core.Commands;

/// <summary>What the parameters of a session ask of the engine <c>command</c>.</summary>
internal sealed record CommandGoal
{
    private const string ProbePrefix = "probe-";

    /// <summary>Id of the goal's item: the skill's name.</summary>
    public required string ItemId { get; init; }

    /// <summary>The goal in plain words.</summary>
    public required string Text { get; init; }

    /// <summary>Commands by item: the goal's all count together.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Commands { get; init; }

    /// <summary>Who runs them.</summary>
    public required Elevation Elevation { get; init; }

    /// <summary>Ids of the probes, in the order given.</summary>
    public IReadOnlyList<string> Probes => [.. Commands.Keys.Where(k => k != ItemId)];

    /// <summary>Reads the parameters.</summary>
    /// <exception cref="ForgeException">Ids <c>GoalMissing</c>, <c>GoalInvalid</c>.</exception>
    public static CommandGoal Of(SkillSession session)
    {
        var wanted = session.Parameters.GetValueOrDefault("wanted", "").Trim();
        var verify = Read(session, "verify");
        if (wanted.Length == 0 || verify.Count == 0)
        {
            throw new ForgeException(
                "GoalMissing", ForgeErrorKind.BadInput, $"The skill {session.Skill.Name} needs a goal and at least one command that verifies it.", "Give -Goal 'what should hold' -Verify 'command that ends with exit code 0 then'.");
        }

        var commands = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [session.Skill.Name] = verify };
        foreach (var (probe, index) in Read(session, "probe").Select((p, i) => (p, i)))
        {
            commands[$"{ProbePrefix}{index + 1}"] = [probe];
        }

        var who = session.Parameters.GetValueOrDefault("as", "user");
        return new CommandGoal
        {
            ItemId = session.Skill.Name,
            Text = wanted,
            Commands = commands,
            Elevation = who switch
            {
                "user" => Elevation.None,
                "root" => Elevation.Sudo,
                _ => throw new ForgeException("GoalInvalid", ForgeErrorKind.BadInput, $"Parameter as={who} is neither user nor root.", "Give -Parameter as=root, or leave it out."),
            },
        };
    }

    private static IReadOnlyList<string> Read(SkillSession session, string name)
    {
        var text = session.Parameters.GetValueOrDefault(name, "");
        if (text.Length == 0)
        {
            return [];
        }

        try
        {
            var commands = JsonSerializer.Deserialize<string[]>(text) ?? [];
            return commands.All(c => !string.IsNullOrWhiteSpace(c)) ? commands : throw new JsonException("a command is empty");
        }
        catch (JsonException e)
        {
            throw new ForgeException("GoalInvalid", ForgeErrorKind.BadInput, $"Parameter {name} is no JSON array of commands: {e.Message}", "Give -Verify and -Probe; they write it.", text, e);
        }
    }
}
