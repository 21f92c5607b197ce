using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Forge.Store.Runs;

/// <summary>A process of this machine that is not mixed up with a later one of the same id.</summary>
/// <param name="Id">Process id.</param>
/// <param name="Start">When it started: clock ticks since boot on Linux (proc(5), <c>/proc/pid/stat</c> field 22), else UTC ticks of 100 ns.</param>
internal sealed record ProcessIdentity(int Id, long Start)
{
    /// <summary>This process.</summary>
    public static ProcessIdentity Current { get; } = new(Environment.ProcessId, StartOf(Environment.ProcessId) ?? 0);

    /// <summary>Whether the process still runs.</summary>
    public bool IsAlive => StartOf(Id) == Start;

    private static long? StartOf(int id)
    {
        var stat = $"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat";
        if (OperatingSystem.IsLinux())
        {
            return StartFromStat(stat);
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    private static long? StartFromStat(string path)
    {
        try
        {
            // The second field is the program's name in parentheses and may hold blanks and parentheses itself.
            var text = File.ReadAllText(path);
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            var zombie = fields[0] is "Z" or "X";
            return zombie ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
