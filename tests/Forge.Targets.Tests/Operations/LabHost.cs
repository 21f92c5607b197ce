using Forge.Core.Operations;
using Forge.Core.Targets;
using Forge.Lab;
using Forge.Lab.Machines;
using Forge.Targets.Operations;

namespace Forge.Targets.Tests.Operations;

/// <summary>
/// A throw-away machine with a sudo user, thrown away at the end; this machine itself is never changed. The quick lab, or with <c>FORGE_TEST_LAB=qemu</c>
/// a machine with its own kernel (slower).
/// </summary>
public sealed class LabHost : IAsyncLifetime
{
    private readonly LabService _labs;
    private readonly string _home = Directory.CreateTempSubdirectory("forge-lab-").FullName;
    private ITarget? _target;

    public LabHost() => _labs = new LabService(LabOptions.For(_home, LabOptions.FromEnvironment().Cache));

    public ITarget Target => _target!;

    public IOperationHost Host => new HostWrapperFactory().For(Target);

    public TargetDescription Description => _labs.Get("targets").ToTarget();

    public TargetOptions Options => new() { ForgeHome = _home, UserSshFolder = Path.Combine(_home, "ssh"), RuntimeFolder = Path.Combine(_home, "r") };

    public long Epoch { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var backend = Environment.GetEnvironmentVariable("FORGE_TEST_LAB") == "qemu" ? LabBackendKind.Qemu : LabBackendKind.Nspawn;
        Assert.SkipUnless(
            backend == LabBackendKind.Qemu || (Environment.IsPrivilegedProcess && File.Exists("/usr/bin/systemd-nspawn")), "the quick lab needs root and systemd-nspawn");
        await _labs.NewAsync(new NewLabRequest("targets") { Backend = backend });
        await _labs.StartAsync("targets");
        _target = await ConnectAsync();
        Epoch = await Host.ClaimAsync(null, "tests", CancellationToken.None);
    }

    public Task<ITarget> ConnectAsync() => new TargetConnector(Options).ConnectAsync(Description, ConnectionRole.Fixer, CancellationToken.None);

    /// <summary>Ends the machine and starts it again.</summary>
    public async Task RestartAsync()
    {
        if (_labs.Get("targets").Backend == LabBackendKind.Qemu)
        {
            await InsideAsync("systemd-run --on-active=1 systemctl reboot");
            return;
        }

        await _labs.StopAsync("targets");
        await _labs.StartAsync("targets");
    }

    /// <summary>Logs in again after a restart.</summary>
    public async Task ReconnectAsync()
    {
        await Target.DisposeAsync();
        _target = await ConnectAsync();
    }

    /// <summary>Runs as root inside, past ssh.</summary>
    public async Task<string> InsideAsync(string script)
    {
        var result = await _labs.RunInsideAsync("targets", script, TimeSpan.FromMinutes(2));
        return result.Output;
    }

    public Operation Operation(string script, string name) => new()
    {
        Id = OperationId.Of("run", "targets", name, 1, "fix", System.Text.Encoding.UTF8.GetBytes(script)),
        Epoch = Epoch,
        Script = script,
        Timeout = TimeSpan.FromMinutes(5),
    };

    public async ValueTask DisposeAsync()
    {
        if (_target is not null)
        {
            await _target.DisposeAsync();
        }

        await _labs.RemoveAsync("targets");
        Directory.Delete(_home, true);
    }
}
