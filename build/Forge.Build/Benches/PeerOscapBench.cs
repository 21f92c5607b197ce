using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Forge.Build.Labs;

namespace Forge.Build.Benches;

/// <summary>What people do today, on a copy of the demo's image: oscap --remediate, reboot, again, reboot, scan.</summary>
internal sealed class PeerOscapBench : IBench
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string Name => "peer-oscap";

    public string Usage => "[--lab nspawn|qemu]";

    public string Summary => "what people do today (oscap --remediate, reboot, again) beside Forge, on copies of one image";

    public int Run(BuildOptions options)
    {
        Directory.CreateDirectory(BenchList.Folder);
        using var lab = new LabSession(new ForgeConsole("out/home"), $"peer-{Environment.ProcessId}", options);
        lab.Start();
        var clock = Stopwatch.StartNew();
        lab.InstallScanner();
        var before = IndependentScan.Of(lab.Address, $"{BenchList.Folder}/peer-before.xml");
        for (var pass = 1; pass <= 2; pass++)
        {
            Steps.Say($"peer: pass {pass}, oscap xccdf eval --remediate");
            lab.Address.Ssh($"sudo -S -p '' oscap xccdf eval --remediate --profile {IndependentScan.Profile} --results /var/tmp/peer.xml {IndependentScan.RemoteContent}");
            Steps.Say("peer: reboot");
            lab.Reboot();
        }

        var after = IndependentScan.Of(lab.Address, $"{BenchList.Folder}/peer-after.xml");
        Report(before, after, clock.Elapsed);
        return 0;
    }

    private static void Report(IndependentScan before, IndependentScan after, TimeSpan elapsed)
    {
        var regressions = before.Verdicts.Where(b => b.Value == "pass" && after.Verdicts.GetValueOrDefault(b.Key) == "fail");
        var peer = new JsonObject
        {
            ["before"] = before.Counts, ["after"] = after.Counts, ["wallSeconds"] = Math.Round(elapsed.TotalSeconds, 1),
            ["regressions"] = new JsonArray([.. regressions.Select(b => (JsonNode)new JsonObject { ["id"] = b.Key })]),
            ["failing"] = new JsonArray([.. after.Verdicts.Where(a => a.Value == "fail").Select(a => (JsonNode)JsonValue.Create(a.Key)!)]),
        };
        var forge = File.Exists("out/demo/result.json") ? JsonNode.Parse(File.ReadAllText("out/demo/result.json")) : null;
        File.WriteAllText($"{BenchList.Folder}/peer-oscap.json", new JsonObject { ["peer"] = peer, ["forge"] = forge }.ToJsonString(Indented));
        Console.WriteLine($"Peer:  {before.Count("fail")} failing before, {after.Count("fail")} after, {elapsed.TotalSeconds:0} s");
        Console.WriteLine(forge is null ? "Forge: run `dotnet run build.cs -- demo` first to have its figures beside these"
            : $"Forge: {forge["before"]!["fail"]} failing before, {forge["after"]!["fail"]} after, {forge["wallSeconds"]} s");
    }
}
