using System.Text.RegularExpressions;

namespace Forge.Scap.Derivation;

/// <summary>
/// Derives one typed action from a shell fix, only where it is one plain command (a package, a unit) or one of two templates of the content that set one thing:
/// a setting that is put together by printf, and the lines that forbid a kernel module. Pure.
/// </summary>
internal static partial class ShellDerivation
{
    private const string NotPlain = "only a shell script that is more than one plain change";

    /// <summary>Derives the action.</summary>
    public static DerivedAction Derive(string script)
    {
        var lines = script.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#').ToList();
        return Setting(script) ?? Module(lines) ?? Commands(lines);
    }

    private static DerivedAction Commands(List<string> lines)
    {
        var found = new List<(Proposal, string)>();
        foreach (var line in lines.Where(l => !Frame().IsMatch(l)))
        {
            var proposal = Install().Match(line) is { Success: true } install ? Package(install, "present")
                : Remove().Match(line) is { Success: true } remove ? Package(remove, "absent")
                : Unit().Match(line) is { Success: true } unit
                    ? Proposal.Of(("action", "service"), ("name", ServiceTask.ShortName(unit.Groups["u"].Value)), ("state", unit.Groups["v"].Value + (unit.Groups["v"].Value == "mask" ? "ed" : "d")))
                : null;
            if (proposal is null)
            {
                return DerivedAction.None(NotPlain);
            }

            found.Add((proposal, $"shell: {line}"));
        }

        return OneAction.Of(found);
    }

    // The template writes one line, which it makes of a key and a value, and does nothing else.
    private static DerivedAction? Setting(string script)
    {
        var (keys, formats, files) = (Key().Matches(script), Format().Matches(script), Append().Matches(script));
        if (keys.Count != 1 || formats.Count != 1 || files.Count != 1 || Writes().Count(script) != 1 || InPlace().Count(script) > 2)
        {
            return null;
        }

        var name = formats[0].Groups["v"].Value;
        var value = name.StartsWith('$') ? Assigned(script, name[1..]) : name;
        if (value is null)
        {
            return null;
        }

        var line = keys[0].Groups["k"].Value + formats[0].Groups["s"].Value + value;
        return LineReading.Read(files[0].Groups["p"].Value, line) is { } action ? OneAction.Of([(action, $"shell: {line}")]) : null;
    }

    private static string? Assigned(string script, string name)
    {
        var values = Regex.Matches(script, $@"^{Regex.Escape(name)}=(?:'(?<v>[^'\n]*)'|""(?<v>[^""$`\n]*)"")$", RegexOptions.Multiline | RegexOptions.CultureInvariant);
        var isCut = Regex.IsMatch(script, $@"^{Regex.Escape(name)}=""\$\(echo \${Regex.Escape(name)} \| cut -d \\\| -f 1\)""$", RegexOptions.Multiline | RegexOptions.CultureInvariant);
        return values.Count != 1 ? null : isCut ? values[0].Groups["v"].Value.Split('|')[0] : values[0].Groups["v"].Value;
    }

    private static DerivedAction? Module(List<string> lines)
    {
        var written = lines.Select(l => Written().Match(l)).Where(m => m.Success).ToList();
        var found = written.Select(m => (LineReading.Read(m.Groups["p"].Value, m.Groups["l"].Value), $"shell: {m.Groups["l"].Value}")).ToList();
        return found.Count > 0 && found.TrueForAll(f => f.Item1?["action"] == "kernel-module") && lines.TrueForAll(l => Written().IsMatch(l) || Frame().IsMatch(l) || ModuleFrame().IsMatch(l))
            ? OneAction.Of([.. found.Select(f => (f.Item1!, f.Item2))])
            : null;
    }

    private static Proposal Package(Match match, string state) => Proposal.Of(("action", "package"), ("name", match.Groups["p"].Value), ("state", state));

    [GeneratedRegex(@"^(?:if\s.*;\s*then|if\s[^;]+|then|else|fi|echo\s[^>]*|\(?>&2 echo [^>]*|true|:|/?\S*systemctl(?: --\S+)? (?:start|stop|daemon-reload|reset-failed)[^;&>]*)$")]
    private static partial Regex Frame();

    [GeneratedRegex(@"^echo -e ""\\n# [^""]*"" >> /etc/modprobe\.d/\S+$|^sed -i 's#\^install (?<m>\S+)\.\*#install \k<m> (?:/usr)?/bin/(?:true|false)#g' /etc/modprobe\.d/\S+$")]
    private static partial Regex ModuleFrame();

    [GeneratedRegex(@"^echo ""(?<l>(?:install|blacklist) [^""]+)"" >> (?<p>/etc/modprobe\.d/\S+)$")]
    private static partial Regex Written();

    [GeneratedRegex(@"^stripped_key=\$\(sed 's/\[\\\^=\\\$,;\+\]\*//g' <<< ""\^(?<k>[A-Za-z0-9_.-]+)""\)$", RegexOptions.Multiline)]
    private static partial Regex Key();

    [GeneratedRegex(@"^printf -v formatted_output ""%s(?<s> ?=? ?)%s"" ""\$stripped_key"" ""(?<v>\$?[A-Za-z0-9_.-]+)""$", RegexOptions.Multiline)]
    private static partial Regex Format();

    [GeneratedRegex(@"^\s*printf '%s\\n' ""\$formatted_output"" >> ""(?<p>/[^""$]+)""$", RegexOptions.Multiline)]
    private static partial Regex Append();

    [GeneratedRegex(@"\bsed\s+(?:-\S+\s+)*-i")]
    private static partial Regex InPlace();

    [GeneratedRegex(@">>|\btee\b|\bcp\b|\bmv\b|\bsystemctl\b|\bchmod\b|\bauthselect\b")]
    private static partial Regex Writes();

    [GeneratedRegex(@"^(?:DEBIAN_FRONTEND=noninteractive )?(?:apt-get|dnf|yum|zypper|microdnf) (?:-\S+ )*install (?:-\S+ )*[""']?(?<p>[A-Za-z0-9][A-Za-z0-9+._-]*)[""']?$")]
    private static partial Regex Install();

    [GeneratedRegex(@"^(?:DEBIAN_FRONTEND=noninteractive )?(?:apt-get|dnf|yum|zypper|microdnf) (?:-\S+ )*(?:remove|erase|purge) (?:-\S+ )*[""']?(?<p>[A-Za-z0-9][A-Za-z0-9+._-]*)[""']?$")]
    private static partial Regex Remove();

    [GeneratedRegex(@"^\S*systemctl (?:--\S+ )*(?<v>enable|disable|mask) (?:--\S+ )*[""']?(?<u>[A-Za-z0-9@._:-]+)[""']?$")]
    private static partial Regex Unit();
}
