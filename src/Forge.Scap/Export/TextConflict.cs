using System.Text.Json;
using System.Text.RegularExpressions;
using Forge.Scap.Derivation;

namespace Forge.Scap.Export;

/// <summary>
/// Where a rule's text and its fix name different things, no label is right: the content makes texts and fixes from different templates, and either may be the
/// wrong one. Only commands that the text itself gives are compared.
/// </summary>
internal static partial class TextConflict
{
    private static readonly (string Command, string Key)[] OwnerCommands = [("chmod", "mode"), ("chown", "owner"), ("chgrp", "group")];

    /// <summary>What the text says instead, one clause; null where it says the same or nothing.</summary>
    /// <param name="description">The rule's text.</param>
    /// <param name="action">The derived action.</param>
    public static string? Find(string description, JsonElement action) => action.GetProperty("action").GetString() switch
    {
        "set-mode" => FindMode(description, action),
        "package" => FindName(Package().Matches(description).Select(m => m.Groups["n"].Value), action),
        "service" => FindName(Unit().Matches(description).Select(m => ServiceTask.ShortName(m.Groups["n"].Value)), action),
        _ => null,
    };

    private static string? FindName(IEnumerable<string> names, JsonElement action)
    {
        var (name, said) = (action.GetProperty("name").GetString()!, names.Select(n => n.TrimEnd('.')).Distinct().ToList());
        return said.Count > 0 && !said.Contains(name) ? $"the text says {string.Join(" or ", said)}, the fix {name}" : null;
    }

    private static string? FindMode(string description, JsonElement action)
    {
        var path = action.GetProperty("path").GetString()!;
        foreach (var (command, key) in OwnerCommands)
        {
            if (!action.TryGetProperty(key, out var value))
            {
                continue;
            }

            var said = Owner().Matches(description).Where(m => m.Groups["c"].Value == command && m.Groups["p"].Value.TrimEnd('/') == path).Select(m => m.Groups["v"].Value).Distinct().ToList();
            if (said.Count > 0 && !said.Exists(s => Same(s, value.GetString()!)))
            {
                return $"the text says {command} {string.Join(" or ", said)}, the fix {value.GetString()}";
            }
        }

        return null;
    }

    private static bool Same(string said, string value) => said.PadLeft(value.Length, '0') == value || (said == "0" && value == "root");

    [GeneratedRegex(@"\b(?<c>chmod|chown|chgrp)\s+(?<v>[A-Za-z0-9_-]+)\s+(?<p>/\S+)")]
    private static partial Regex Owner();

    [GeneratedRegex(@"\b(?:apt-get|apt|dnf|yum|zypper|microdnf)(?:\s+-y)?\s+(?:install|remove|erase|purge)(?:\s+-y)?\s+(?<n>[A-Za-z0-9][A-Za-z0-9+._-]*)")]
    private static partial Regex Package();

    [GeneratedRegex(@"\bsystemctl\s+(?:enable|disable|mask)(?:\s+--now)?\s+(?<n>[A-Za-z0-9@._:-]+)")]
    private static partial Regex Unit();
}
