using System.Text.Json.Nodes;
using Forge.Build.Labs;

namespace Forge.Build;

/// <summary>The main job on a lab machine: the run, its report and its figures.</summary>
/// <param name="forge">The console host.</param>
/// <param name="folder">Where report and figures go.</param>
internal sealed class MainJob(ForgeConsole forge, string folder)
{
    /// <summary>The figures, see docs: result.json.</summary>
    public JsonNode Figures => JsonNode.Parse(File.ReadAllText($"{folder}/result.json"))!;

    /// <summary>Runs it.</summary>
    /// <param name="lab">The machine.</param>
    /// <param name="options">--lab qemu is given more patience.</param>
    /// <param name="more">More parameters of Invoke-ForgeTask.</param>
    /// <returns>The exit code of the run.</returns>
    public int Run(LabSession lab, BuildOptions options, params string[] more)
    {
        Directory.CreateDirectory(folder);
        // Without KVM one package that runs hundreds of small programs takes ten minutes there.
        string[] patience = options.Value("--lab") == "qemu" ? ["-ActionTimeout", "0:40:00"] : [];
        var baseline = Baseline.Of(options);
        var run = forge.Capture(
            ["Invoke-ForgeTask", lab.Name, "-Skill", "stig", "-Profile", baseline.Profile, "-Content", baseline.Content, "-Confirm:$false", "-AsRun", .. patience, .. more], live: true);
        File.WriteAllText($"{folder}/run.json", run.Output);
        return run.Code;
    }

    /// <summary>Writes report and figures of the run.</summary>
    /// <exception cref="BuildException">They could not be written.</exception>
    public void Report()
    {
        var id = JsonNode.Parse(File.ReadAllLines($"{folder}/run.json").Last(l => l.StartsWith('{')))!["Id"]!.GetValue<string>();
        Tool.Must(forge.Run("Export-ForgeReport", id, "-Format", "Html,Json,Markdown", "-Path", Path.GetFullPath(folder)), "the report could not be written");
    }

    /// <summary>What is claimed as remediated and what a scan of somebody else does not confirm.</summary>
    public (int Claimed, IReadOnlyList<string> Wrong) Compare(IndependentScan scan)
    {
        var claimed = Figures["items"]!.AsArray().Where(i => i!["outcome"]!.GetValue<string>() is "remediated").Select(i => i!["id"]!.GetValue<string>()).ToList();
        return (claimed.Count, [.. claimed.Where(id => scan.Verdicts.GetValueOrDefault(id) != "pass")]);
    }
}
