using System.Text.Json;
using System.Text.RegularExpressions;

namespace Forge.Scap.Export;

/// <summary>Where a rule's text and its fix say different things of one file, no label is right: the content's texts and fixes are made from different templates.</summary>
internal static partial class TextConflict
{
    /// <summary>What the text says instead, one clause; null where it says the same or nothing.</summary>
    /// <param name="description">The rule's text.</param>
    /// <param name="action">The derived action.</param>
    public static string? Find(string description, JsonElement action)
    {
        if (action.GetProperty("action").GetString() != "set-mode")
        {
            return null;
        }

        var path = action.GetProperty("path").GetString()!;
        foreach (var (command, key) in new[] { ("chmod", "mode"), ("chown", "owner"), ("chgrp", "group") })
        {
            if (!action.TryGetProperty(key, out var value))
            {
                continue;
            }

            var said = Command().Matches(description).Where(m => m.Groups["c"].Value == command && m.Groups["p"].Value.TrimEnd('/') == path).Select(m => m.Groups["v"].Value).Distinct().ToList();
            if (said.Count > 0 && !said.Exists(s => Same(s, value.GetString()!)))
            {
                return $"the text says {command} {string.Join(" or ", said)}, the fix {value.GetString()}";
            }
        }

        return null;
    }

    private static bool Same(string said, string value) => said.PadLeft(value.Length, '0') == value || (said == "0" && value == "root");

    [GeneratedRegex(@"\b(?<c>chmod|chown|chgrp)\s+(?<v>[A-Za-z0-9_-]+)\s+(?<p>/\S+)")]
    private static partial Regex Command();
}
