using System.Globalization;

namespace Forge.Core.Probing;

/// <summary>Parses the probe script's output; sections are announced by lines that begin with <c>@@</c>.</summary>
internal static class HealthParser
{
    /// <summary>The probe: systemctl show (systemd 219 and later), df -P (POSIX), dpkg --audit, which runs meanwhile, where there is dpkg.</summary>
    public const string Script = """
        LC_ALL=C; export LC_ALL
        { ! command -v dpkg >/dev/null 2>&1 || dpkg --audit 2>&1 | head -n 5; } | {
          echo '@@units'
          systemctl show '*.service' '*.socket' -p Id -p LoadState -p ActiveState -p SubState -p UnitFileState --no-pager </dev/null
          echo '@@disk'
          df -Pk / /var /tmp /etc 2>/dev/null
          echo '@@packages'
          while IFS= read -r line; do printf '%s\n' "$line"; done
          echo '@@end'
        }
        """;

    /// <summary>Parses; null where the output is not whole.</summary>
    public static HealthSnapshot? Parse(string output)
    {
        var sections = Split(output);
        if (!sections.ContainsKey("end") || !sections.TryGetValue("units", out var units) || units.Count == 0)
        {
            return null;
        }

        var active = new HashSet<string>(StringComparer.Ordinal);
        var known = new HashSet<string>(StringComparer.Ordinal);
        var failed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var unit in Units(units))
        {
            var id = unit.GetValueOrDefault("Id", "");
            if (unit.GetValueOrDefault("LoadState") != "not-found")
            {
                known.Add(id);
            }

            if (unit.GetValueOrDefault("ActiveState") == "failed")
            {
                failed.Add(id);
            }

            if (unit.GetValueOrDefault("SubState") is "running" or "listening" && unit.GetValueOrDefault("UnitFileState") is "enabled" or "enabled-runtime")
            {
                active.Add(id);
            }
        }

        return new HealthSnapshot
        {
            ActiveUnits = active,
            KnownUnits = known,
            FailedUnits = failed,
            FreeBytes = Disks(sections.GetValueOrDefault("disk", [])),
            PackageFault = string.Join(' ', sections.GetValueOrDefault("packages", [])).Trim(),
        };
    }

    private static Dictionary<string, List<string>> Split(string output)
    {
        var sections = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        List<string>? current = null;
        foreach (var line in output.Split('\n'))
        {
            if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                sections[line[2..].Trim()] = current = [];
            }
            else
            {
                current?.Add(line);
            }
        }

        return sections;
    }

    private static IEnumerable<Dictionary<string, string>> Units(List<string> lines)
    {
        var unit = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (line.Length == 0)
            {
                if (unit.ContainsKey("Id"))
                {
                    yield return unit;
                }

                unit = new Dictionary<string, string>(StringComparer.Ordinal);
            }
            else if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
            {
                unit[line[..at]] = line[(at + 1)..];
            }
        }

        if (unit.ContainsKey("Id"))
        {
            yield return unit;
        }
    }

    private static Dictionary<string, long> Disks(List<string> lines)
    {
        var free = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var fields in lines.Skip(1).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (fields.Length >= 6 && long.TryParse(fields[3], CultureInfo.InvariantCulture, out var kibibytes))
            {
                free[fields[5]] = kibibytes * 1024;
            }
        }

        return free;
    }
}
