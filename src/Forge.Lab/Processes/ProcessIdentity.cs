using System.Globalization;
using System.Runtime.InteropServices;

namespace Forge.Lab.Processes;

/// <summary>A process that cannot be mistaken for a later one with the same number: pid, start time and boot of the host.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="StartTicks">Start time, clock ticks since boot: field 22 of /proc/PID/stat, proc(5).</param>
/// <param name="HostBoot">Boot id of the host.</param>
internal sealed partial record ProcessIdentity(int Pid, long StartTicks, string HostBoot)
{
    /// <summary>SIGKILL of signal(7).</summary>
    public const int Kill = 9;

    /// <summary>SIGUSR1 of signal(7).</summary>
    public const int User1 = 10;

    /// <summary>SIGTERM of signal(7).</summary>
    public const int Terminate = 15;

    /// <summary>Whether that very process runs (a zombie does not).</summary>
    public bool IsAlive => Of(Pid) == this;

    /// <summary>Reads an identity that was written down; null where there is none or it is not whole.</summary>
    public static ProcessIdentity? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var words = File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 3
            && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? new ProcessIdentity(pid, start, words[2])
            : null;
    }

    /// <summary>The process that has this number now; null where none has, or only a zombie.</summary>
    public static ProcessIdentity? Of(int pid)
    {
        string stat;
        try
        {
            stat = File.ReadAllText($"/proc/{pid}/stat");
        }
        catch (IOException)
        {
            return null;
        }

        // "pid (name) state ppid ...": the name may hold spaces and brackets, so the last bracket counts.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X"
            ? null
            : new ProcessIdentity(pid, long.Parse(fields[19], CultureInfo.InvariantCulture), File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());
    }

    /// <summary>Writes the identity down.</summary>
    public void Write(string path) => File.WriteAllText(path, $"{Pid} {StartTicks} {HostBoot}\n");

    /// <summary>Sends a signal if that very process still runs.</summary>
    /// <returns>False where it was gone.</returns>
    public bool Signal(int signal) => IsAlive && SendSignal(Pid, signal) == 0;

    /// <summary>Waits until the process is gone.</summary>
    /// <returns>False where it still runs after the limit.</returns>
    public async Task<bool> WaitForEndAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var deadline = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        while (IsAlive)
        {
            if (Environment.TickCount64 > deadline)
            {
                return false;
            }

            await Task.Delay(20, cancellationToken);
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int pid, int signal);
}
