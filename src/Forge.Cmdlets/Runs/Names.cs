using System.Text.RegularExpressions;

namespace Forge.Cmdlets.Runs;

/// <summary>Names with the wildcards <c>*</c> and <c>?</c>.</summary>
internal static class Names
{
    /// <summary>A pattern that matches the whole name, without regard to case.</summary>
    public static Regex ToRegex(string wildcard) => new(
        "^" + Regex.Escape(wildcard).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));
}
