using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Forge.Scap.Derivation;

namespace Forge.Scap.Engine;

/// <summary>
/// The short form of a vendor's fix that comes down to audit rules and nothing else: it adds those that are missing to the file that the content names after
/// their key. The content's own shell script looks at every rule that there is with several programs, and takes a hundred times as long. Pure.
/// </summary>
internal static partial class AuditFix
{
    private const string Folder = "/etc/audit/rules.d";
    private const string Name = "[a-z0-9_]+";

    /// <summary>The kind of typed action that this is the short form of.</summary>
    public const string Kind = "audit-rule";

    /// <summary>The script, for a POSIX shell.</summary>
    /// <param name="derived">What the fix comes down to.</param>
    /// <param name="full">The vendor's script for the same, if it has one: where it does not name a path that the rules name, the vendor says two things.</param>
    /// <returns>Null where that is anything but audit rules, one of them has no key, or the script does not agree.</returns>
    public static string? Of(DerivedAction derived, string? full = null)
    {
        IReadOnlyList<JsonElement> actions = derived.Action is { } one ? [one] : derived.Several;
        if (actions.Count == 0 || actions.Any(a => a.GetProperty("action").GetString() != Kind))
        {
            return null;
        }

        var script = new StringBuilder("# What the content's fix comes down to.\n")
            .Append("[ -d ").Append(Folder).Append(" ] || { echo '").Append(Folder).Append(" is not there: is the audit daemon installed?' >&2; exit 1; }\numask 077\n");
        foreach (var rule in actions.Select(a => a.GetProperty("rule").GetString()!))
        {
            if (Key().Match(rule) is not { Success: true } key || (full is not null && !Watched().Matches(rule).All(p => IsNamed(p.Groups["p"].Value, full))))
            {
                return null;
            }

            Add(script, rule, $"{Folder}/{key.Groups["k"].Value}.rules");
        }

        return script.ToString();
    }

    // A system call joins the rule of its key that has all else in common, as the content itself does: the kernel looks at every rule at every call.
    private static void Add(StringBuilder script, string rule, string file)
    {
        string same = Escape(rule), join = "";
        if (OneCall().Match(rule) is { Success: true } match)
        {
            var (before, call, after) = (Escape(match.Groups["before"].Value), match.Groups["call"].Value, Escape(match.Groups["after"].Value));
            same = $"{before}({Name},)*{call}(,{Name})*{after}";
            join = $"s#^({before}{Name}(,{Name})*)({after})$#\\1,{call}\\3#";
        }

        var isThere = $"grep -qxE -e {RemoteText.Quote(same)} {Folder}/*.rules 2>/dev/null";
        script.Append(CultureInfo.InvariantCulture, $"if ! {isThere}; then\n");
        if (join.Length > 0)
        {
            script.Append(CultureInfo.InvariantCulture, $"  [ ! -e {file} ] || sed -i -E {RemoteText.Quote(join)} {file} || exit 1\nfi\nif ! {isThere}; then\n");
        }

        script.Append(CultureInfo.InvariantCulture, $"  [ ! -s {file} ] || [ -z \"$(tail -c 1 {file})\" ] || echo >>{file} || exit 1\n")
            .Append(CultureInfo.InvariantCulture, $"  printf '%s\\n' {RemoteText.Quote(rule)} >>{file} || exit 1\nfi\n");
    }

    private static bool IsNamed(string path, string script) =>
        Regex.IsMatch(script, $@"(?<![\w./-]){Regex.Escape(path)}(?![\w.-]|/\w)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static string Escape(string text) => Special().Replace(text, @"\$0");

    [GeneratedRegex(@"(?<=^-w | -F (?:path|dir)=)(?<p>/[^ ]+)")]
    private static partial Regex Watched();

    [GeneratedRegex(@"[.\[\]{}()\\*+?^$|#]")]
    private static partial Regex Special();

    [GeneratedRegex(@"^(?<before>-a (?:(?! -S ).)* -S )(?<call>[a-z0-9_]+)(?<after> (?:(?! -S ).)*)$")]
    private static partial Regex OneCall();

    [GeneratedRegex(@"(?:^| )(?:-k |-F key=)(?<k>[A-Za-z0-9][A-Za-z0-9_.-]*)$")]
    private static partial Regex Key();
}
