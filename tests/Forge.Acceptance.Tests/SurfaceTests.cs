using System.Diagnostics;
using Forge.Acceptance.Tests.Forge;

namespace Forge.Acceptance.Tests;

/// <summary>The same pipeline in PowerShell and under forge, and a dry run that changes nothing.</summary>
public sealed class SurfaceTests(LabMachine lab) : IClassFixture<LabMachine>
{
    [Fact]
    public void The_same_pipeline_gives_the_same_findings_and_outcomes_in_pwsh_and_under_forge()
    {
        lab.Reset();
        SkipWithoutPwsh();
        var script = $$"""
            $ErrorActionPreference = 'Stop'; Set-StrictMode -Version Latest
            Import-Module '{{Environment.GetEnvironmentVariable("FORGE_MODULE")}}'
            $findings = Get-ForgeFinding {{lab.Name}} -Content '{{ForgeProcess.ContentFile}}' -Profile steps
            $findings | ForEach-Object { "finding $($_.Id) $($_.Severity)" }
            $findings | Invoke-ForgeTask -Content '{{ForgeProcess.ContentFile}}' -Confirm:$false 6>$null | ForEach-Object { "item $($_.Id) $($_.Outcome)" }
            """;
        var inPowerShell = Pwsh(script);
        lab.Reset();
        var found = ForgeProcess.Run("Get-ForgeFinding", lab.Name, "-Content", ForgeProcess.ContentFile, "-Profile", "steps");
        var done = ForgeProcess.Run(["Invoke-ForgeTask", "-Content", ForgeProcess.ContentFile, "-Confirm:$false"], found.Output, null);
        var underForge = found.Objects.Select(f => $"finding {f["Id"]} {f["Severity"]}").Concat(done.Objects.Select(i => $"item {i["Id"]} {i["Outcome"]}"));

        Assert.Equal(12, underForge.Count());
        Assert.Equal(underForge, inPowerShell.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void What_if_shows_the_exact_changes_and_changes_nothing()
    {
        lab.Reset();
        var found = ForgeProcess.Run("Get-ForgeFinding", lab.Name, "-Content", ForgeProcess.ContentFile, "-Profile", "harm");
        var before = Digest();
        var plan = ForgeProcess.Run(["Invoke-ForgeTask", "-Content", ForgeProcess.ContentFile, "-WhatIf"], found.Output, null);

        Assert.Equal(0, plan.ExitCode);
        var shown = (plan.Output + plan.Error).Split('\n').Where(l => l.Contains("What if:", StringComparison.Ordinal)).ToList();
        Assert.Equal(12, shown.Count);
        Assert.Contains(shown, l => l.Contains("breaks_sshd", StringComparison.Ordinal) && l.Contains("lockout-capable", StringComparison.Ordinal) && l.Contains("/etc/ssh/sshd_config", StringComparison.Ordinal));
        Assert.Equal(before, Digest());
    }

    private string Digest() => lab.Root("""
        find /etc /usr /opt /root /home /var/lib /srv /boot -xdev \( -path /var/lib/systemd -o -path /var/lib/private \) -prune -o -printf '%p %m %U %G %s %l\n' | sort | sha256sum
        find /etc -xdev -type f -exec sha256sum {} + | sort | sha256sum
        systemctl list-units --type=service,socket --state=running,listening --plain --no-legend | awk '{print $1}' | grep -v '^user' | sort | sha256sum
        """);

    internal static void SkipWithoutPwsh()
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(f => File.Exists(Path.Combine(f, "pwsh")));
        if (!found || Environment.GetEnvironmentVariable("FORGE_MODULE") is null)
        {
            Assert.Skip("pwsh is not on PATH, or FORGE_MODULE does not name the module's folder (build.cs test sets it)");
        }
    }

    internal static string Pwsh(string script)
    {
        var start = new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", "-Command", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["FORGE_HOME"] = ForgeProcess.Home;
        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{output}\n{error.Result}");
        return output;
    }
}
