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
        using var lab = new LabSession(_forge, $"demo-{Environment.ProcessId}", options);
        var job = new MainJob(_forge, Folder);
        steps.Time("lab", () =>
        {
            Steps.Say($"demo: a throw-away machine, {lab.Name}");
            lab.Start();
        });
        // For the small model; where npm cannot give it, the run says so and goes on with content and extractor.
        steps.Time("runtime", () => _forge.Run("Install-ForgeModelRuntime", "-Confirm:$false"));
        var code = steps.Time("main job", () =>
        {
            Steps.Say($"demo: Invoke-ForgeTask -Skill stig -Profile {Baseline.Of(options).Profile}");
            return job.Run(lab, options);
        });
        steps.Time("report", job.Report);
        steps.Time("independent scan", () => Tool.Must(Compare(lab, job), "the independent scan disagrees, see above"));
        return code is 0 or 3 or 4 ? 0 : code;
    }

    private int Compare(LabSession lab, MainJob job)
    {
        Steps.Say("demo: an independent oscap scan over plain ssh");
        var scan = IndependentScan.Of(lab.Address, Baseline.Of(options), $"{Folder}/independent.xml");
        var (claimed, wrong) = job.Compare(scan);
        Console.WriteLine($"Independent scan: {scan.Count("fail")} fail (Forge says {job.Figures["after"]!["fail"]}), {scan.Count("pass")} pass; "
            + $"{claimed} claimed as remediated, {wrong.Count} of them not confirmed{(wrong.Count > 0 ? ": " + string.Join(", ", wrong) : "")}.");
        Console.WriteLine($"Report: {Path.GetFullPath($"{Folder}/report.html")}\nFigures: {Path.GetFullPath($"{Folder}/result.json")}");
        return wrong.Count == 0 ? 0 : 1;
    }
}
