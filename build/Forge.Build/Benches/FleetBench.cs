using System.Diagnostics;
using System.Text.Json;
using Forge.Build.Labs;

namespace Forge.Build.Benches;

/// <summary>Eight light targets at once against one after the other, and once more with one that hangs.</summary>
internal sealed class FleetBench : IBench
{
    private const int Targets = 8;
    private const string Content = "tests/Forge.Acceptance.Tests/Content/harm-ds.xml";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string Name => "fleet";

    public string Usage => "";

    public string Summary => "eight light targets side by side against one after the other, and with one that hangs";

    public int Run(BuildOptions options)
    {
        Directory.CreateDirectory(BenchList.Folder);
        var forge = new ForgeConsole("out/home");
        var labs = Enumerable.Range(1, Targets).Select(i => new LabSession(forge, $"fleet-{Environment.ProcessId}-{i}", options)).ToList();
        try
        {
            Start(labs);
            var one = Timed(forge, labs, 1);
            Restore(labs);
            var eight = Timed(forge, labs, Targets);
            Restore(labs);
            labs[0].Freeze();
            var hanging = Timed(forge, labs, Targets, allowLost: true);
            labs[0].Thaw();
            // Work that one core could do at once bounds what side by side can gain.
            var efficiency = one.Seconds / eight.Seconds / Math.Min(Targets, Environment.ProcessorCount);
            var figures = new
            {
                targets = Targets, oneByOneSeconds = one.Seconds, parallelSeconds = eight.Seconds, efficiency = Math.Round(efficiency, 2), controllerPeakMiB = eight.PeakMiB,
                cores = Environment.ProcessorCount, speedup = Math.Round(one.Seconds / eight.Seconds, 2), withOneHangingSeconds = hanging.Seconds, doneBesideTheHangingOne = hanging.Done,
                othersLastedSeconds = hanging.LastDoneSeconds,
            };
            File.WriteAllText($"{BenchList.Folder}/fleet.json", JsonSerializer.Serialize(figures, Indented));
            Console.WriteLine($"fleet: {Targets} targets one after the other {one.Seconds:0.0} s, side by side {eight.Seconds:0.0} s ({one.Seconds / eight.Seconds:0.0} times on {Environment.ProcessorCount} cores), controller at most {eight.PeakMiB} MiB");
            Console.WriteLine($"fleet: with one that hangs the other {hanging.Done} were done after {hanging.LastDoneSeconds:0.0} s; the run gave it up after {hanging.Seconds:0.0} s");
            return one.Done == Targets && eight.Done == Targets && hanging.Done == Targets - 1 ? 0 : 1;
        }
        finally
        {
            labs.ForEach(l => l.Dispose());
        }
    }

    private static void Start(List<LabSession> labs)
    {
        foreach (var lab in labs)
        {
            lab.Start();
            lab.InstallScanner();
            lab.Checkpoint("fresh");
        }
    }

    private static void Restore(List<LabSession> labs) => labs.ForEach(l => l.Restore("fresh"));

    private static FleetRun Timed(ForgeConsole forge, List<LabSession> labs, int throttle, bool allowLost = false)
    {
        Steps.Say($"fleet: {labs.Count} targets, {throttle} at once{(allowLost ? ", one of them hangs" : "")}");
        var clock = Stopwatch.StartNew();
        var run = FleetRun.Start(
            forge, ["Invoke-ForgeTask", string.Join(',', labs.Select(l => l.Name)), "-Skill", "stig", "-Content", Path.GetFullPath(Content), "-Profile", "steps", "-ThrottleLimit", $"{throttle}", "-Confirm:$false", "-AsRun"]);
        return run.Wait(clock, allowLost);
    }
}
