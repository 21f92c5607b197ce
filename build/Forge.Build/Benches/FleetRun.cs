using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Forge.Build.Benches;

/// <summary>One run over a fleet, watched from outside: wall time, the controller's memory, which targets were done when.</summary>
internal sealed class FleetRun
{
    private readonly ForgeConsole _forge;
    private readonly Process _process;

    private FleetRun(ForgeConsole forge, Process process) => (_forge, _process) = (forge, process);

    /// <summary>Wall time in seconds.</summary>
    public double Seconds { get; private set; }

    /// <summary>Peak resident memory of the controller in MiB (VmHWM of /proc/PID/status); ssh clients are not counted.</summary>
    public long PeakMiB { get; private set; }

    /// <summary>Targets of which every item is remediated.</summary>
    public int Done { get; private set; }

    /// <summary>Seconds from the start until the last of these was done.</summary>
    public double LastDoneSeconds { get; private set; }

    public static FleetRun Start(ForgeConsole forge, string[] arguments)
    {
        // Standard input must not be a pipe: objects would be expected from it.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" </dev/null", Solution.HostFile, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in forge.Environment)
        {
            start.Environment[key] = value;
        }

        return new FleetRun(forge, Process.Start(start)!);
    }

    /// <exception cref="BuildException">The run failed.</exception>
    public FleetRun Wait(Stopwatch clock, bool allowLost)
    {
        var (output, error) = (_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
        while (!_process.WaitForExit(100))
        {
            PeakMiB = Math.Max(PeakMiB, PeakOf(_process.Id));
        }

        Seconds = Math.Round(clock.Elapsed.TotalSeconds, 1);
        Tool.Must(_process.ExitCode == 0 || (allowLost && _process.ExitCode == 5) ? 0 : 1, $"the run over the fleet ended with {_process.ExitCode}: {error.Result}");
        var id = JsonNode.Parse(output.Result.Split('\n').Last(l => l.StartsWith('{')))!["Id"]!.GetValue<string>();
        Read(Path.Combine(_forge.Environment["FORGE_HOME"], "runs", id, "events.jsonl"));
        return this;
    }

    private void Read(string journal)
    {
        var events = File.ReadLines(journal).Select(l => JsonNode.Parse(l)!).ToList();
        var begun = events[0]["time"]!.GetValue<DateTimeOffset>();
        var ended = events.Where(e => e["event"]!["type"]!.GetValue<string>() == "item.ended").ToList();
        var done = ended.GroupBy(e => e["event"]!["target"]!.GetValue<string>())
            .Where(t => t.GroupBy(e => e["event"]!["result"]!["id"]!.GetValue<string>()).All(i => i.Last()["event"]!["result"]!["outcome"]!.GetValue<string>() == "Remediated")).ToList();
        Done = done.Count;
        LastDoneSeconds = done.Count == 0 ? 0 : Math.Round(done.Max(t => (t.Last()["time"]!.GetValue<DateTimeOffset>() - begun).TotalSeconds), 1);
    }

    private static long PeakOf(int process)
    {
        try
        {
            return File.ReadLines($"/proc/{process}/status").Where(l => l.StartsWith("VmHWM:", StringComparison.Ordinal))
                .Select(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024).FirstOrDefault();
        }
        catch (IOException)
        {
            // It ended while it was looked at; the last value stands.
            return 0;
        }
    }
}
