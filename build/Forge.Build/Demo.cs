using System.Text.Json.Nodes;
using Forge.Build.Labs;

namespace Forge.Build;

/// <summary>The main job on a throw-away machine, with its report and a scan beside it that has nothing of Forge in it.</summary>
internal sealed class Demo(BuildOptions options, Steps steps)
{
    private const string Folder = "out/demo";
    private readonly ForgeConsole _forge = new("out/home");

    /// <summary>Exit code: 0 also where items are left (3, 4), otherwise the main job's own.</summary>
    public int Run()
    {
        Directory.CreateDirectory(Folder);
        using var lab = new LabSession(_forge, $"demo-{Environment.ProcessId}", options);
        steps.Time("lab", () =>
        {
            Steps.Say($"demo: a throw-away machine, {lab.Name}");
            lab.Start();
        });
        var code = steps.Time("main job", () => MainJob(lab));
        steps.Time("report", Report);
        steps.Time("independent scan", () => Tool.Must(Compare(lab), "the independent scan disagrees, see above"));
        return code is 0 or 3 or 4 ? 0 : code;
    }

    private int MainJob(LabSession lab)
    {
        Steps.Say($"demo: Invoke-ForgeTask -Skill stig -Profile {IndependentScan.Profile}");
        // Without KVM one package that runs hundreds of small programs takes ten minutes there.
        string[] patience = options.Value("--lab") == "qemu" ? ["-ActionTimeout", "0:40:00"] : [];
        var run = _forge.Capture(
            ["Invoke-ForgeTask", lab.Name, "-Skill", "stig", "-Profile", IndependentScan.Profile, "-Content", Setup.Content, "-Confirm:$false", "-AsRun", .. patience], live: true);
        File.WriteAllText($"{Folder}/run.json", run.Output);
        return run.Code;
    }

    /// <summary>The figures and the report of the last run.</summary>
    private void Report()
    {
        var id = JsonNode.Parse(File.ReadAllLines($"{Folder}/run.json").Last(l => l.StartsWith('{')))!["Id"]!.GetValue<string>();
        Tool.Must(_forge.Run("Export-ForgeReport", id, "-Format", "Html,Json,Markdown", "-Path", Path.GetFullPath(Folder)), "the report could not be written");
    }

    private static int Compare(LabSession lab)
    {
        Steps.Say("demo: an independent oscap scan over plain ssh");
        var result = JsonNode.Parse(File.ReadAllText($"{Folder}/result.json"))!;
        var scan = IndependentScan.Of(lab.Address, $"{Folder}/independent.xml");
        var claimed = result["items"]!.AsArray().Where(i => i!["outcome"]!.GetValue<string>() is "remediated").Select(i => i!["id"]!.GetValue<string>()).ToList();
        var wrong = claimed.Where(id => scan.Verdicts.GetValueOrDefault(id) != "pass").ToList();
        Console.WriteLine($"Independent scan: {scan.Count("fail")} fail (Forge says {result["after"]!["fail"]}), {scan.Count("pass")} pass; "
            + $"{claimed.Count} claimed as remediated, {wrong.Count} of them not confirmed{(wrong.Count > 0 ? ": " + string.Join(", ", wrong) : "")}.");
        Console.WriteLine($"Report: {Path.GetFullPath($"{Folder}/report.html")}\nFigures: {Path.GetFullPath($"{Folder}/result.json")}");
        return wrong.Count == 0 ? 0 : 1;
    }
}
