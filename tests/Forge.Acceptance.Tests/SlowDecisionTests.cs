using Forge.Acceptance.Tests.Forge;

namespace Forge.Acceptance.Tests;

/// <summary>Decisions that need a second disk and a boot loader, on a machine with its own kernel. Slow without KVM: only with FORGE_TEST_SLOW=1.</summary>
public sealed class SlowDecisionTests : IDisposable
{
    private const string Hash = "grub.pbkdf2.sha512.10000."
        + "30313233343536373839616263646566303132333435363738396162636465663031323334353637383961626364656630313233343536373839616263646566."
        + "30313233343536373839616263646566303132333435363738396162636465663031323334353637383961626364656630313233343536373839616263646566";

    private static readonly string[] Points = ["home", "tmp", "var", "var_log", "var_log_audit", "var_tmp"];

    private readonly string _name = $"slow-{Environment.ProcessId}";
    private bool _made;

    public void Dispose()
    {
        if (_made)
        {
            ForgeProcess.Run("Remove-ForgeLab", _name, "-Confirm:$false");
        }
    }

    [Fact]
    public void File_systems_move_to_the_spare_disk_and_the_boot_loader_gets_its_password_across_a_reboot()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("FORGE_TEST_SLOW") == "1", "FORGE_TEST_SLOW=1 is not set: this takes about 20 minutes under emulation");
        HardeningContent.SkipWithout();
        Start();
        var file = Path.Combine(Directory.CreateTempSubdirectory("forge-decisions").FullName, "decisions.yaml");
        File.WriteAllText(file, $"default:\n  filesystems:\n    disk: /dev/vdb\n  boot-loader-password:\n    hash: {Hash}\n");
        string[] rules = [.. Points.Select(p => $"partition_for_{p}"), "grub2_password", "mount_option_home_nodev", "mount_option_var_log_audit_noexec"];
        var run = ForgeProcess.Run(TimeSpan.FromMinutes(40), ["Invoke-ForgeTask", _name, .. HardeningContent.Only(rules), "-Decision", file, "-Confirm:$false"]);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.All(Points, p => Assert.Equal("Remediated", run.Items[$"partition_for_{p}"]["Outcome"]!.GetValue<string>()));
        Assert.Equal("Remediated", run.Items["grub2_password"]["Outcome"]!.GetValue<string>());
        var id = run.Items["grub2_password"]["RunId"]!.GetValue<string>();
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(ForgeProcess.Home, "runs", id), "*", SearchOption.AllDirectories), f => File.ReadAllText(f).Contains(Hash, StringComparison.Ordinal));
        // A second run finds nothing to do.
        var again = ForgeProcess.Run(TimeSpan.FromMinutes(20), ["Invoke-ForgeTask", _name, .. HardeningContent.Only(rules), "-Decision", file, "-Confirm:$false"]);
        Assert.True(again.ExitCode == 0 && again.Objects.Count == 0, again.ToString());
    }

    private void Start()
    {
        var made = ForgeProcess.Run("New-ForgeLab", _name, "-Backend", "Qemu", "-Confirm:$false");
        Assert.True(made.ExitCode == 0, made.ToString());
        _made = true;
        var started = ForgeProcess.Run("Start-ForgeLab", _name);
        Assert.True(started.ExitCode == 0, started.ToString());
    }
}
