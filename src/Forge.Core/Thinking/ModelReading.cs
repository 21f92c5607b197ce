using System.Text.Json;
using Forge.Core.Models;
using Microsoft.Extensions.AI;

namespace Forge.Core.Thinking;

/// <summary>Reads answers of models. Pure; nothing is guessed.</summary>
public static class ModelReading
{
    /// <summary>Text and cost of a response.</summary>
    public static ModelAnswer AnswerOf(ChatResponse response)
    {
        double Seconds(string key) => (response.AdditionalProperties?.GetValueOrDefault(key) ?? response.Messages.LastOrDefault()?.AdditionalProperties?.GetValueOrDefault(key)) is double ms ? ms / 1000 : 0;
        var usage = response.Usage;
        return new ModelAnswer(response.Text, new ModelUsage(
            usage?.InputTokenCount ?? 0,
            usage?.CachedInputTokenCount ?? 0,
            usage?.OutputTokenCount ?? 0,
            Seconds(ModelKeys.LoadMs),
            Seconds(ModelKeys.PromptMs),
            Seconds(ModelKeys.GenerationMs)));
    }

    /// <summary>The one JSON object that an answer is; null where it is anything else.</summary>
    public static JsonElement? ObjectOf(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.Trim());
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            foreach (var property in document.RootElement.EnumerateObject())
            {
                // A name that is no text (half of a character) is found only when it is read.
                _ = property.Name;
            }

            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A text of an object; null where there is none of that name, or what is there is no text (half of a character, RFC 8259 8.2).</summary>
    public static string? TextOf(JsonElement element, string name)
    {
        try
        {
            return element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
