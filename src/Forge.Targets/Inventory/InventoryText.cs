using System.Globalization;
using System.Text;
using Forge.Core.Targets;

namespace Forge.Targets.Inventory;

/// <summary>Writes one target as lines of <c>targets.yaml</c>.</summary>
internal static class InventoryText
{
    /// <summary>The lines of a target, with the user's own keys that it had.</summary>
    public static IEnumerable<string> Lines(TargetDescription target, IReadOnlyList<string> kept)
    {
        var settings = Settings(target).ToList();
        yield return settings.Count + kept.Count == 0 ? $"  {target.Name}: {{}}" : $"  {target.Name}:";
        foreach (var setting in settings)
        {
            yield return "    " + setting;
        }

        var indent = kept.Count == 0 ? 0 : kept[0].Length - kept[0].TrimStart().Length;
        foreach (var line in kept)
        {
            yield return line.Length > indent ? "    " + line[indent..] : line;
        }
    }

    private static IEnumerable<string> Settings(TargetDescription target)
    {
        (string Key, string? Value)[] texts =
        [
            ("transport", target.Transport == TargetTransport.Local ? "local" : null), ("hostName", target.HostName),
            ("port", target.Port?.ToString(CultureInfo.InvariantCulture)), ("userName", target.UserName), ("keyFilePath", target.KeyFilePath),
            ("sudoPasswordFile", target.SudoPasswordFile), ("knownHostsFile", target.KnownHostsFile), ("lab", target.Lab),
            ("connectingTimeout", target.ConnectingTimeout == 15 ? null : target.ConnectingTimeout.ToString(CultureInfo.InvariantCulture)),
        ];
        foreach (var (key, value) in texts.Where(text => text.Value is not null))
        {
            yield return $"{key}: {(key is "port" or "connectingTimeout" or "transport" ? value : Quote(value!))}";
        }

        if (target.Tags.Count > 0)
        {
            yield return $"tags: [{string.Join(", ", target.Tags.Select(Quote))}]";
        }

        if (target.Options.Count > 0)
        {
            yield return "options:";
            foreach (var (keyword, value) in target.Options)
            {
                yield return $"  {Quote(keyword)}: {Quote(value)}";
            }
        }
    }

    /// <summary>A scalar: plain where YAML reads it as the same text, else double-quoted.</summary>
    private static string Quote(string text)
    {
        if (text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] is '/') && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/')
            && text is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off"))
        {
            return text;
        }

        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                _ when c < ' ' || c is '\u007f' or '\u0085' or '\u2028' or '\u2029' or '\ufeff' => FormattableString.Invariant($"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
