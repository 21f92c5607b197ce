using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Forge.Core.Actions.Typed;

/// <summary>What fields of proposals must keep to. Pure.</summary>
internal static class FieldRules
{
    /// <summary>
    /// The first field that breaks the schema of its type. Knows the keywords that the catalogue uses (JSON Schema 2020-12, validation vocabulary): enum, pattern,
    /// maxLength, required, additionalProperties; every value is a string.
    /// </summary>
    public static InvalidField? FindFault(IReadOnlyList<(string Key, string? Value)> fields, JsonElement schema)
    {
        var properties = schema.GetProperty("properties");
        foreach (var (key, value) in fields.Where(f => f.Value is not null))
        {
            if (!properties.TryGetProperty(key, out var fieldSchema))
            {
                return new InvalidField(key, $"is not a known key; known are {string.Join(", ", properties.EnumerateObject().Select(p => p.Name))}");
            }

            if (FaultOf(value!, fieldSchema) is { } reason)
            {
                return new InvalidField(key, reason);
            }
        }

        var missing = schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()!)
            .FirstOrDefault(r => r is not ("action" or "format") && fields.All(f => f.Key != r || f.Value is null));
        return missing is null ? null : new InvalidField(missing, "is required and missing");
    }

    /// <summary>An absolute path as it stands in no other way: no empty, <c>.</c> or <c>..</c> part, none at its end.</summary>
    public static InvalidField? Path(string key, string path)
    {
        var parts = path.Split('/');
        return parts[0].Length > 0 || parts.Length < 2 || parts.Skip(1).Any(p => p is "" or "." or "..")
            ? new InvalidField(key, "must be an absolute path without empty, '.' or '..' parts")
            : null;
    }

    /// <summary>A value that a line keeps as it is: no blank at its ends.</summary>
    public static InvalidField? Value(string key, string value) =>
        value.Trim(' ') != value ? new InvalidField(key, "must not begin or end with a blank") : null;

    /// <summary>Text of a file: no control characters but newline and tab, none that show in another order than they stand (Unicode category Cf), no half of a pair.</summary>
    public static InvalidField? Text(string key, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(text, i);
            if ((category is UnicodeCategory.Control && text[i] is not ('\n' or '\t')) || category is UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                return new InvalidField(key, $"holds the character U+{(int)text[i]:X4}, which does not show as what it is");
            }

            i += char.IsHighSurrogate(text[i]) ? 1 : 0;
        }

        return null;
    }

    private static string? FaultOf(string value, JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var allowed) && allowed.EnumerateArray().All(a => a.GetString() != value))
        {
            return $"is not one of {string.Join(", ", allowed.EnumerateArray().Select(a => a.GetString()))}";
        }

        if (schema.TryGetProperty("maxLength", out var longest) && value.Length > longest.GetInt32())
        {
            return $"is longer than {longest.GetInt32()} characters";
        }

        return schema.TryGetProperty("pattern", out var pattern) && !MatchesWhole(value, pattern.GetString()!) ? $"does not match {pattern.GetString()}" : null;
    }

    // $ alone also stands before a newline at the end.
    private static bool MatchesWhole(string value, string pattern) =>
        Regex.Match(value, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) is { Success: true } match && match.Length == value.Length;
}
