using System.Diagnostics;

namespace Forge.Build.Labs;

/// <summary>One throw-away machine, removed at the end.</summary>
/// <param name="forge">The console host that makes it.</param>
/// <param name="name">Its name.</param>
/// <param name="options">--lab says which kind of machine, --keep that it stays.</param>
internal sealed class LabSession(ForgeConsole forge, string name, BuildOptions options) : IDisposable
{
    private static readonly string[] GroupRoots = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"];

    public string Name => name;

    public LabAddress Address => LabAddress.Parse(forge.Capture(["Get-ForgeLab", name]).Output);

    /// <exception cref="BuildException">It cannot be made or does not start.</exception>
    public void Start()
    {
        string[] backend = options.Value("--lab") is { } kind ? ["-Backend", kind] : [];
        Tool.Must(forge.Run(["New-ForgeLab", name, "-Distribution", Baseline.Of(options).Distribution, .. backend, "-Confirm:$false"]), "the lab could not be made");
        Tool.Must(forge.Run("Start-ForgeLab", name), "the lab does not start");
    }

    /// <summary>
    /// Sets the clock of a machine with one of its own to the next noon: a distribution's daily jobs (AIDE's check alone takes minutes, and 90 s more of a shutdown) fall into no measurement then, whenever it is made.
    /// </summary>
    /// <exception cref="BuildException">It could not be set.</exception>
    public void SetNoon()
    {
        if (options.Value("--lab") == "qemu")
        {
            var noon = DateTime.UtcNow.AddHours(12).Date.AddHours(12);
            Tool.Must(Address.Ssh(FormattableString.Invariant($"sudo -S -p '' sh -c 'date -u -s \"{noon:yyyy-MM-dd HH:mm}\" && hwclock --systohc --utc'")).Code, $"the clock of {name} could not be set");
        }
    }

    /// <summary>Reboots it from inside, as an administrator does, and waits for another boot id.</summary>
    /// <exception cref="BuildException">It does not come back within ten minutes.</exception>
    public void Reboot()
    {
        const string BootId = "cat /proc/sys/kernel/random/boot_id";
        var lab = Address;
        var before = lab.Ssh(BootId).Output.Trim();
        lab.Ssh("sudo -S -p '' sh -c 'sync; (sleep 1; systemctl reboot) >/dev/null 2>&1 &'");
        var clock = Stopwatch.StartNew();
        while (lab.Ssh(BootId) is not { Code: 0 } answer || answer.Output.Trim() == before)
        {
            Tool.Must(clock.Elapsed < TimeSpan.FromMinutes(10) ? 0 : 1, $"{name} does not come back");
            Thread.Sleep(500);
        }
    }

    /// <summary>What the scanner needs, so that it is in no measurement.</summary>
    public void InstallScanner() => Install("openscap-scanner");

    /// <exception cref="BuildException">It could not be installed.</exception>
    public void Install(string package) => Tool.Must(
        Address.Ssh($"sudo -S -p '' sh -c 'apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install {package}'").Code, $"{package} could not be installed on {name}");

    /// <summary>Services that run now, but for those of a login.</summary>
    public IReadOnlyList<string> RunningServices() =>
    [
        .. Address.Ssh("systemctl list-units --type=service --state=running --plain --no-legend --no-pager").Output.Split('\n')
            .Select(l => l.Split(' ')[0]).Where(u => u.EndsWith(".service", StringComparison.Ordinal) && !u.StartsWith("user@", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <exception cref="BuildException">It was not taken.</exception>
    public void Checkpoint(string checkpoint) => Tool.Must(forge.Run("Checkpoint-ForgeLab", name, checkpoint), $"{name} gives no checkpoint");

    /// <exception cref="BuildException">It did not come back.</exception>
    public void Restore(string checkpoint) => Tool.Must(forge.Run("Restore-ForgeLab", name, checkpoint, "-Confirm:$false"), $"{name} was not taken back");

    /// <summary>Stops all of a quick lab's processes where they are: a machine that hangs.</summary>
    public void Freeze() => File.WriteAllText(Path.Combine(GroupFolder(), "cgroup.freeze"), "1");

    /// <summary>Lets it go on.</summary>
    public void Thaw() => File.WriteAllText(Path.Combine(GroupFolder(), "cgroup.freeze"), "0");

    private string GroupFolder()
    {
        var group = File.ReadAllText(Path.Combine(forge.Environment["FORGE_HOME"], "labs", name, "run", "cgroup")).Trim();
        return GroupRoots.Select(root => Path.Combine(root, group)).First(Directory.Exists);
    }

    public void Dispose()
    {
        if (!options.Has("--keep"))
        {
            forge.Run("Remove-ForgeLab", name, "-Confirm:$false");
        }
    }
}
