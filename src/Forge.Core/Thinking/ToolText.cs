using System.Text.Json;
using Forge.Core.Actions.Typed;

namespace Forge.Core.Thinking;

/// <summary>The actions as a prompt shows them: what each does and its fields. Pure.</summary>
internal static class ToolText
{
    /// <summary>One line for each type, one below it for each of its formats.</summary>
    public static string Of(IEnumerable<ActionType> tools, int mostSteps)
    {
        var lines = tools.SelectMany(LinesOf).ToList();
        if (mostSteps > 1)
        {
            lines.Add($"- {SequenceAction.Name} {{steps}}: up to {mostSteps} of the actions above as one change, done in their order and kept or taken back as one.");
        }

        return string.Join('\n', lines.Append($"- {GiveUp.Name} {{reason}}: {GiveUp.Description}"));
    }

    private static IEnumerable<string> LinesOf(ActionType tool) => tool.Formats.Count == 0
        ? [$"- {tool.Name} {FieldsOf(tool.Schema)}: {tool.Description}"]
        : [$"- {tool.Name}: {tool.Description}", .. tool.Formats.Select(f => $"  - format {f.Key} {FieldsOf(f.Value)}")];

    /// <summary>The fields in their order: one in brackets may be left out, words with a bar are the only ones.</summary>
    private static string FieldsOf(JsonElement schema)
    {
        var required = schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()).ToHashSet();
        var fields = schema.GetProperty("properties").EnumerateObject().Where(p => p.Name is not ("action" or "format")).Select(p =>
        {
            var text = p.Value.TryGetProperty("enum", out var words) ? $"{p.Name}: {string.Join('|', words.EnumerateArray().Select(w => w.GetString()))}" : p.Name;
            return required.Contains(p.Name) ? text : $"[{text}]";
        });
        return $"{{{string.Join(", ", fields)}}}";
    }
}
