using System.Globalization;
using System.Text;
using Forge.Core.Errors;
using Forge.Core.Operations;
using Forge.Targets.Scripts;

namespace Forge.Targets.Operations;

/// <summary>Reads what the wrapper prints: a word for the state, a header, one line of base64 for each section, and <c>end</c>.</summary>
internal static class HostReport
{
    private const int StatusSections = 8;

    /// <summary>Reads the answer to run and query.</summary>
    /// <exception cref="ForgeException">Id <c>HostReportCorrupt</c>.</exception>
    public static OperationStatus Status(OperationId id, string text)
    {
        var (word, rest) = Line(text);
        switch (word)
        {
            case "absent":
                return new OperationStatus { Id = id, State = OperationState.Absent };
            case "running":
                return new OperationStatus { Id = id, State = OperationState.Running };
            case "interrupted":
                return new OperationStatus { Id = id, State = OperationState.Interrupted };
            case "known" or "undone":
                var (header, body) = Line(rest);
                return Known(id, header.Split(' '), Sections(body, StatusSections), word == "undone");
            default:
                throw Corrupt(text);
        }
    }

    /// <summary>The answers of a call with several operations, by operation id: each follows a line with <c>@</c> and the id, which base64 has not.</summary>
    public static Dictionary<string, string> Parts(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split('@', StringSplitOptions.RemoveEmptyEntries))
        {
            var (id, answer) = Line(part);
            parts[id] = answer;
        }

        return parts;
    }

    /// <summary>Reads the answer to undo.</summary>
    /// <exception cref="ForgeException">Id <c>HostReportCorrupt</c>.</exception>
    public static UndoResult Undo(string text, TimeSpan elapsed)
    {
        var sections = Sections(text, 2);
        var differences = Lines(sections[0], '\n');
        return new UndoResult(differences.Count == 0, differences, Encoding.UTF8.GetString(sections[1]), elapsed);
    }

    private static OperationStatus Known(OperationId id, string[] header, IReadOnlyList<byte[]> sections, bool undone)
    {
        if (header.Length != 4 || header[0] is not ("completed" or "interrupted"))
        {
            throw Corrupt(string.Join(' ', header));
        }

        var (exitCode, signal) = SignalNames.Split(Number(header[1]));
        var timedOut = Number(header[2]) != 0;
        var completed = header[0] == "completed";
        return new OperationStatus
        {
            Id = id,
            State = undone ? OperationState.Undone : completed ? OperationState.Completed : OperationState.Interrupted,
            ExitCode = completed && !timedOut ? exitCode : null,
            Signal = completed && !timedOut ? signal : null,
            TimedOut = timedOut,
            Elapsed = TimeSpan.FromMilliseconds(Number(header[3])),
            Output = Encoding.UTF8.GetString(sections[0]),
            Error = Encoding.UTF8.GetString(sections[1]),
            Changes = new HostChanges
            {
                Files = Lines(sections[2], '\0'),
                PackagesInstalled = Lines(sections[3], '\n'),
                PackagesRemoved = Lines(sections[4], '\n'),
                UnitsStarted = Lines(sections[5], '\n'),
                UnitsStopped = Lines(sections[6], '\n'),
                Sysctls = [.. Lines(sections[7], '\n').Select(SysctlName)],
            },
        };
    }

    private static List<byte[]> Sections(string text, int count)
    {
        var lines = text.Split('\n');
        if (lines.Length < count + 1 || lines[count] != "end")
        {
            throw Corrupt(text);
        }

        try
        {
            return [.. lines[..count].Select(Convert.FromBase64String)];
        }
        catch (FormatException cause)
        {
            throw Corrupt(text, cause);
        }
    }

    // "/proc/sys/net/ipv4/ip_forward:0" is net.ipv4.ip_forward; dots in a path (interfaces) become slashes, as sysctl(8) has it.
    private static string SysctlName(string line)
    {
        var path = line[..Math.Max(0, line.IndexOf(':', StringComparison.Ordinal))].Replace("/proc/sys/", "", StringComparison.Ordinal);
        return string.Create(path.Length, path, (name, from) =>
        {
            for (var n = 0; n < name.Length; n++)
            {
                name[n] = from[n] switch { '/' => '.', '.' => '/', var other => other };
            }
        });
    }

    private static List<string> Lines(byte[] section, char end) =>
        [.. Encoding.UTF8.GetString(section).Split(end, StringSplitOptions.RemoveEmptyEntries)];

    private static (string First, string Others) Line(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? throw Corrupt(text) : (text[..end], text[(end + 1)..]);
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Corrupt(text);

    private static ForgeException Corrupt(string text, Exception? cause = null) => new(
        "HostReportCorrupt", ForgeErrorKind.Corrupt, $"The wrapper on the host answered what cannot be read: {text[..Math.Min(text.Length, 200)]}",
        "Ask again; if it stays, look into /var/lib/forge on the host.", null, cause);
}
