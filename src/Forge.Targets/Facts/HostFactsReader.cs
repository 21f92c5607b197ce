using System.Globalization;
using Forge.Core.Errors;
using Forge.Core.Targets;

namespace Forge.Targets.Facts;

/// <summary>Reads the facts about a machine in one round trip.</summary>
public sealed class HostFactsReader
{
    // Each fact is one line "name value"; os-release comes last, as it is.
    private const string Script = """
        LC_ALL=C; export LC_ALL
        echo "arch $(uname -m)"
        echo "kernel $(uname -r)"
        echo "boot $(cat /proc/sys/kernel/random/boot_id)"
        echo "virt $(systemd-detect-virt 2>/dev/null || :)"
        echo "disk $(df -Pk / | tail -n 1)"
        echo "processors $(getconf _NPROCESSORS_ONLN 2>/dev/null || nproc 2>/dev/null || :)"
        echo "clock $(date -u +%s.%N)"
        echo os
        cat /etc/os-release 2>/dev/null || cat /usr/lib/os-release
        """;

    /// <summary>Reads them.</summary>
    /// <exception cref="ForgeException">Ids <c>TargetUnreachable</c>, <c>HostFactsFailed</c>.</exception>
    public async Task<HostFacts> ReadAsync(ITarget target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var result = await target.RunAsync(new CommandRequest { Script = Script, Timeout = TimeSpan.FromSeconds(60) }, cancellationToken).ConfigureAwait(false);
        if (result.ConnectionLost || result.TimedOut)
        {
            throw new ForgeException(
                "TargetUnreachable", ForgeErrorKind.Unreachable, $"{target.Description.Name} was lost while its facts were read.",
                "Connect again.", target.Description.Name);
        }

        return result.Succeeded
            ? Parse(result.Output, target.Description.Name)
            : throw Failed(target.Description.Name, result.Error.Trim());
    }

    /// <summary>Reads what the script printed.</summary>
    internal static HostFacts Parse(string output, string target)
    {
        var facts = new Dictionary<string, string>();
        var rest = output;
        while (true)
        {
            var end = rest.IndexOf('\n', StringComparison.Ordinal);
            if (end < 0)
            {
                throw Failed(target, "the answer is cut off");
            }

            var line = rest[..end];
            rest = rest[(end + 1)..];
            if (line == "os")
            {
                break;
            }

            var space = line.IndexOf(' ', StringComparison.Ordinal);
            facts[space < 0 ? line : line[..space]] = space < 0 ? "" : line[(space + 1)..].Trim();
        }

        var os = OsRelease.Parse(rest);
        var (total, free) = Disk(Fact(facts, "disk", target), target);
        return new HostFacts
        {
            OsId = os.GetValueOrDefault("ID", "linux"),
            OsVersion = os.GetValueOrDefault("VERSION_ID", ""),
            OsName = os.GetValueOrDefault("PRETTY_NAME", "Linux"),
            Architecture = Fact(facts, "arch", target),
            Kernel = Fact(facts, "kernel", target),
            BootId = Fact(facts, "boot", target),
            Virtualization = facts.GetValueOrDefault("virt") is { Length: > 0 } virtualization ? virtualization : "none",
            FreeBytes = free,
            TotalBytes = total,
            Processors = int.TryParse(facts.GetValueOrDefault("processors"), NumberStyles.None, CultureInfo.InvariantCulture, out var processors) ? Math.Max(1, processors) : 1,
            Clock = Clock(Fact(facts, "clock", target), target),
        };
    }

    private static string Fact(Dictionary<string, string> facts, string name, string target) =>
        facts.GetValueOrDefault(name) is { Length: > 0 } value ? value : throw Failed(target, $"it has no '{name}'");

    // df -P: file system, blocks, used, available, capacity, mount point (POSIX df); a name may hold spaces, so it is read from the right.
    private static (long Total, long Free) Disk(string line, string target)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= 6
            && long.TryParse(words[^5], NumberStyles.None, CultureInfo.InvariantCulture, out var total)
            && long.TryParse(words[^3], NumberStyles.None, CultureInfo.InvariantCulture, out var free)
                ? (total * 1024, free * 1024)
                : throw Failed(target, $"df says '{line}'");
    }

    private static DateTimeOffset Clock(string text, string target) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : throw Failed(target, $"its clock says '{text}'");

    private static ForgeException Failed(string target, string why) => new(
        "HostFactsFailed", ForgeErrorKind.Corrupt, $"The facts about {target} cannot be read: {why}.", "Is it a Linux machine with coreutils and /proc?", target);
}
