using System.Globalization;
using System.Text;
using System.Text.Json;
using Forge.Core.Models;

namespace Forge.Models.Settings;

/// <summary>Edits <c>settings.yaml</c> block by block: what stands outside a block, comments included, stays as it is. Pure.</summary>
internal static class SettingsText
{
    /// <summary>Replaces a top-level block, or adds it at the end; an empty one is taken out.</summary>
    public static string Replace(string text, string key, string block)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n').Split('\n').ToList();
        if (lines is [""])
        {
            lines.Clear();
        }

        var at = lines.FindIndex(l => l.StartsWith(key + ":", StringComparison.Ordinal));
        if (at >= 0)
        {
            var end = at + 1;
            while (end < lines.Count && (lines[end].Length == 0 || lines[end][0] is ' ' or '\t'))
            {
                end++;
            }

            lines.RemoveRange(at, end - at);
        }

        if (block.Length > 0)
        {
            lines.InsertRange(at < 0 ? lines.Count : at, $"{key}:\n{block}".TrimEnd('\n').Split('\n'));
        }

        return lines.Count == 0 ? "" : string.Join('\n', lines) + "\n";
    }

    /// <summary>The lines of the block <c>models</c>.</summary>
    public static string Models(IEnumerable<ModelDescription> models)
    {
        var text = new StringBuilder();
        foreach (var model in models)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Quote(model.Name)}:\n    kind: {model.Kind.ToString().ToLowerInvariant()}\n");
            foreach (var (key, value) in Values(model).Where(v => v.Value is not null))
            {
                text.Append(CultureInfo.InvariantCulture, $"    {key}: {(value is string s and not "true" ? Quote(s) : value)}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The lines of the block <c>roles</c>.</summary>
    public static string Roles(IReadOnlyDictionary<ModelRole, string> roles) =>
        string.Concat(roles.OrderBy(r => r.Key).Select(r => $"  {r.Key.ToString().ToLowerInvariant()}: {Quote(r.Value)}\n"));

    private static IEnumerable<(string Key, object? Value)> Values(ModelDescription model)
    {
        var standard = new ModelDescription { Name = model.Name, Kind = model.Kind };
        yield return ("path", model.Path);
        yield return ("digest", model.Digest);
        yield return ("endpoint", model.Endpoint);
        yield return ("modelId", model.ModelId);
        yield return ("apiKeyFile", model.ApiKeyFile);
        yield return ("contextTokens", model.ContextTokens == standard.ContextTokens ? null : model.ContextTokens);
        yield return ("answerTokens", model.AnswerTokens == standard.AnswerTokens ? null : model.AnswerTokens);
        yield return ("reasoningTokens", model.ReasoningTokens == 0 ? null : model.ReasoningTokens);
        yield return ("onlyWordsOfItem", model.OnlyWordsOfItem ? "true" : null);
        yield return ("temperature", model.Temperature.Equals(standard.Temperature) ? null : model.Temperature);
        yield return ("idleSeconds", model.IdleSeconds == standard.IdleSeconds ? null : model.IdleSeconds);
        yield return ("gpuLayers", model.GpuLayers);
        yield return ("threads", model.Threads);
    }

    // A JSON string is a YAML double-quoted scalar (YAML 1.2, 10.3 and 7.3.1).
    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
