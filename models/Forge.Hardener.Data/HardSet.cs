using System.Text.Json;
using System.Text.Json.Nodes;
using Forge.Core.Errors;
using Forge.Core.Proposals;

namespace Forge.Hardener.Data;

/// <summary>Which held-out rules are about something that no training text names: what is right there was read and not remembered.</summary>
/// <param name="trainingTexts">All texts of the training records.</param>
internal sealed class HardSet(IEnumerable<string> trainingTexts)
{
    /// <summary>Keys whose value says what a rule is about, the most telling first.</summary>
    private static readonly string[] Subjects = ["name", "key", "path", "point", "module", "rule"];

    private static readonly string[] TextKeys = ["title", "description", "check", "fixtext"];

    private readonly RuleText _texts = new("", string.Join('\n', trainingTexts).ToLowerInvariant(), []);

    /// <summary>Reads the training records of a training's folder.</summary>
    /// <exception cref="ForgeException">Id <c>RecipeUnreadable</c>: they are not there.</exception>
    public static HardSet Of(string trained)
    {
        var file = Path.Combine(trained, "train.jsonl");
        if (!File.Exists(file))
        {
            throw new ForgeException("RecipeUnreadable", ForgeErrorKind.BadInput, $"{file} is missing.", "Train first: models/forge-hardener/recipe/train.py writes it at its start.", file);
        }

        return new HardSet(File.ReadLines(file).Select(l => JsonNode.Parse(l)!).SelectMany(r => TextKeys.Select(k => r[k]?.GetValue<string>() ?? "")));
    }

    /// <summary>Whether no training text holds what the rule's action is about.</summary>
    public bool Holds(ExamAnswer answer) => answer.Rule.Action is { } action
        && Subjects.Select(k => action.TryGetProperty(k, out var value) ? value.GetString() : null).FirstOrDefault(v => v is not null) is { } subject
        && TextNames.FirstMissing(JsonSerializer.SerializeToElement(new { subject = subject.ToLowerInvariant() }), _texts) is not null;
}
