using System.Globalization;
using System.Text.RegularExpressions;

namespace Forge.Core.Extraction;

/// <summary>The filters that a template may put on a matched value. Pure; null where a value is not of the kind that a filter reads.</summary>
internal static partial class ValueFilters
{
    private static readonly Dictionary<string, Func<string, string?>> ByName = new(StringComparer.Ordinal)
    {
        ["lower"] = value => value.ToLowerInvariant(),
        ["line"] = value => string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        ["unit"] = value => value.EndsWith(".service", StringComparison.Ordinal) ? value[..^".service".Length] : value,
        ["folder"] = value => value.Length > 1 ? value.TrimEnd('/') : value,
        ["mode"] = Mode,
    };

    /// <summary>The names: lower case, white space as single blanks, unit without <c>.service</c>, path without a slash at its end, mode with four octal digits.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>Changes a value.</summary>
    public static string? Apply(string filter, string value) => ByName[filter](value);

    /// <summary>
    /// A mode as <c>644</c>, as ls prints it (<c>-rw-r--r--</c>), or as chmod's words: with <c>=</c> what is set (<c>u=rw,g=r,o=</c>), with <c>-</c> what is taken from the most there is,
    /// 0777 (<c>u-xs,g-xws,o-xwt</c>). Words that add, or that say nothing of user, group or others, keep what the machine has, and are no mode.
    /// </summary>
    private static string? Mode(string value) =>
        Octal().IsMatch(value) ? value.PadLeft(4, '0')
        : Listed().Match(value) is { Success: true } listed ? FromList(listed.Groups["bits"].Value)
        : Words().Match(value) is { Success: true } words ? FromWords(words)
        : null;

    private static string FromList(string bits)
    {
        var (mode, special) = (0, 0);
        for (var i = 0; i < 9; i++)
        {
            mode = (mode << 1) | (bits[i] is 'r' or 'w' or 'x' or 's' or 't' ? 1 : 0);
            special = i % 3 == 2 ? (special << 1) | (bits[i] is 's' or 'S' or 't' or 'T' ? 1 : 0) : special;
        }

        return Text((special << 9) | mode);
    }

    private static string? FromWords(Match words)
    {
        var mode = words.Groups["sign"].Captures.All(c => c.Value == "-") ? 0x1FF : 0;
        var said = string.Concat(words.Groups["who"].Captures.Select(c => c.Value));
        if ((mode == 0 && words.Groups["sign"].Captures.Any(c => c.Value != "=")) || (!said.Contains('a') && !"ugo".All(said.Contains)))
        {
            return null;
        }

        for (var i = 0; i < words.Groups["who"].Captures.Count; i++)
        {
            foreach (var who in words.Groups["who"].Captures[i].Value)
            {
                mode = Changed(mode, who, words.Groups["sign"].Captures[i].Value, words.Groups["what"].Captures[i].Value);
            }
        }

        return Text(mode);
    }

    private static int Changed(int mode, char who, string sign, string what)
    {
        var bits = what.Sum(w => w switch { 'r' => 4, 'w' => 2, 'x' => 1, _ => 0 });
        var mask = who switch { 'u' => bits << 6, 'g' => bits << 3, 'o' => bits, _ => (bits << 6) | (bits << 3) | bits };
        return sign == "=" ? mode | mask : mode & ~mask;
    }

    private static string Text(int mode) => Convert.ToString(mode, 8).PadLeft(4, '0').ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("^[0-7]{3,4}$")]
    private static partial Regex Octal();

    [GeneratedRegex("^[-dlcbps]?(?<bits>([r-][w-][xsS-]){2}[r-][w-][xtT-])[.+@]?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Listed();

    [GeneratedRegex("^((?<who>[ugoa]+)(?<sign>[=-])(?<what>[rwxst]*)(,|$))+$", RegexOptions.ExplicitCapture)]
    private static partial Regex Words();
}
