using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Forge.Acceptance.Tests.Forge;

/// <summary>A lab for a class of tests, with a checkpoint of its fresh state; looked at by plain ssh, without Forge.</summary>
public class LabMachine : IDisposable
{
    private const string Fresh = "fresh";
    private readonly JsonNode? _lab;

    public LabMachine()
    {
        if (Environment.UserName != "root")
        {
            WhyNot = "the quick lab (systemd-nspawn) needs root";
            return;
        }

        Name = $"acc-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";
        var made = ForgeProcess.Run("New-ForgeLab", Name, "-Backend", "Nspawn", "-Confirm:$false");
        Assert.True(made.ExitCode == 0, made.ToString());
        var started = ForgeProcess.Run("Start-ForgeLab", Name);
        Assert.True(started.ExitCode == 0, started.ToString());
        _lab = started.Objects.Single();
        InstallScanner();
        var taken = ForgeProcess.Run("Checkpoint-ForgeLab", Name, Fresh);
        Assert.True(taken.ExitCode == 0, taken.ToString());
    }

    private static int _count;

    public string Name { get; } = "";

    public string? WhyNot { get; }

    /// <summary>Back to the fresh state, or skip where there is no lab.</summary>
    public void Reset()
    {
        if (WhyNot is { } reason)
        {
            Assert.Skip(reason);
        }

        var restored = ForgeProcess.Run("Restore-ForgeLab", Name, Fresh, "-Confirm:$false");
        Assert.True(restored.ExitCode == 0, restored.ToString());
    }

    /// <summary>Every process of the machine ends at once, as when the power goes; then it is switched on again.</summary>
    public void CutPower()
    {
        var group = File.ReadAllText(Path.Combine(ForgeProcess.Home, "labs", Name, "run", "cgroup")).Trim();
        var folder = new[] { "/sys/fs/cgroup", "/sys/fs/cgroup/unified" }.Select(root => Path.Combine(root, group)).First(Directory.Exists);
        File.WriteAllText(Path.Combine(folder, "cgroup.kill"), "1");
        var started = ForgeProcess.Run("Start-ForgeLab", Name);
        Assert.True(started.ExitCode == 0, started.ToString());
    }

    /// <summary>Runs a script as root over plain ssh.</summary>
    public string Root(string script)
    {
        var lab = ForgeProcess.Run("Get-ForgeLab", Name).Objects.Single();
        string Of(string key) => lab[key]!.ToString();
        string[] options =
        [
            "-F", "none", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", "ConnectTimeout=15", "-o", $"UserKnownHostsFile={Of("KnownHostsFile")}",
            "-o", "StrictHostKeyChecking=yes", "-i", Of("KeyFile"), "-p", Of("Port"), $"{Of("UserName")}@127.0.0.1", "sudo -S -p '' sh -s",
        ];
        var start = new ProcessStartInfo("ssh", options) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(script + "\n");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    /// <summary>A scan that has nothing of Forge in it; results by the rule's name.</summary>
    public IReadOnlyDictionary<string, string> Scan(string profile)
    {
        var content = Convert.ToBase64String(File.ReadAllBytes(ForgeProcess.ContentFile));
        var script = $"""
            base64 -d > /tmp/independent-ds.xml <<'END'
            {content}
            END
            oscap xccdf eval --profile xccdf_org.forge.acceptance_profile_{profile} --results /tmp/independent.xml /tmp/independent-ds.xml > /dev/null 2>&1
            cat /tmp/independent.xml; rm -f /tmp/independent.xml /tmp/independent-ds.xml
            """;
        // oscap 1.3.7 sometimes ends with exit code 0 and no result file: its file counts, not its exit code.
        var xml = "";
        for (var call = 0; call < 3 && xml.Length == 0; call++)
        {
            xml = Root(script);
        }

        XNamespace xccdf = "http://checklists.nist.gov/xccdf/1.2";
        return XDocument.Parse(xml).Descendants(xccdf + "rule-result")
            .ToDictionary(r => r.Attribute("idref")!.Value.Split("_rule_")[1], r => r.Element(xccdf + "result")!.Value);
    }

    /// <summary>Items that are claimed as remediated and that a scan does not confirm: the check of acceptance 2.</summary>
    public static IReadOnlyList<string> NotConfirmed(IEnumerable<string> claimed, IReadOnlyDictionary<string, string> scan) =>
        [.. claimed.Where(id => scan.GetValueOrDefault(id) != "pass")];

    public void Dispose()
    {
        if (WhyNot is null)
        {
            ForgeProcess.Run("Remove-ForgeLab", Name, "-Confirm:$false");
        }

        GC.SuppressFinalize(this);
    }

    private void InstallScanner() => Root("command -v oscap || { apt-get -q update; DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install openscap-scanner; }");
}
