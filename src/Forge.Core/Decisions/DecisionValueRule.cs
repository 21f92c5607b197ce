using System.Text.RegularExpressions;
using Forge.Core.Skills;

namespace Forge.Core.Decisions;

/// <summary>Says whether a value fits an input. Pure.</summary>
internal static partial class DecisionValueRule
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    /// <summary>What is wrong with one line of a value; null where nothing is.</summary>
    public static string? Fault(DecisionInput input, string text)
    {
        if (text.Length == 0 || text.Any(char.IsControl))
        {
            return "must be one line of text that is not empty";
        }

        var shown = input.IsSecret ? "the value" : $"'{text}'";
        return input.Type switch
        {
            DecisionInputType.Path when !Absolute().IsMatch(text) || text.Split('/').Contains("..") => $"{shown} is not an absolute path without '..'",
            DecisionInputType.Device when !Device().IsMatch(text) || text.Split('/').Contains("..") => $"{shown} is not a device such as /dev/sdb or /dev/disk/by-id/…",
            DecisionInputType.Hash when !Hash().IsMatch(text) => $"{shown} is not a password hash: grub.pbkdf2.sha512.… (grub-mkpasswd-pbkdf2 makes one) or one of crypt(5)",
            _ => input.Pattern.Length == 0 || Regex.IsMatch(text, $"^(?:{input.Pattern})\\z", RegexOptions.CultureInvariant, MatchLimit)
                ? null
                : $"{shown} does not match {input.Pattern}{(input.Example.Length > 0 ? $"; for example {input.Example}" : "")}",
        };
    }

    [GeneratedRegex(@"^/[^\0]*\z")]
    private static partial Regex Absolute();

    [GeneratedRegex(@"^/dev/[A-Za-z0-9._+:=@-]+(?:/[A-Za-z0-9._+:=@-]+)*\z")]
    private static partial Regex Device();

    // GRUB's own form: iterations, salt, hash (grub-mkpasswd-pbkdf2); crypt(5) for the rest.
    [GeneratedRegex(@"^(?:grub\.pbkdf2\.sha512\.[1-9][0-9]{0,8}\.[0-9A-Fa-f]{16,}\.[0-9A-Fa-f]{32,}|\$(?:5|6|7|y|gy|2[abxy])\$[./0-9A-Za-z$=,]{20,})\z")]
    private static partial Regex Hash();
}
