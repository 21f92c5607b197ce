using Forge.Core.Errors;
using Forge.Core.Targets;
using Forge.Targets.Facts;
using Forge.Targets.Reboot;
using Forge.Targets.Tests.Operations;

namespace Forge.Targets.Tests.Reboot;

public sealed class TargetRebootTests(LabHost lab) : IClassFixture<LabHost>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_boot_is_proven_by_its_id_and_one_that_never_happened_is_told_apart()
    {
        var connector = new TargetConnector(lab.Options);
        var reboot = new TargetReboot(connector, TimeProvider.System);
        await using var connection = await lab.ConnectAsync();
        var before = await new HostFactsReader().ReadAsync(connection, Now);
        var never = await Assert.ThrowsAsync<ForgeException>(() => reboot.WaitForBootAsync(lab.Description, before.BootId, TimeSpan.FromSeconds(2), Now));
        Assert.Equal("RebootNeverHappened", never.Id);
        var again = lab.RestartAsync();
        var after = await reboot.WaitForBootAsync(lab.Description, before.BootId, TimeSpan.FromMinutes(2), Now);
        await again;
        Assert.NotEqual(before.BootId, after.BootId);
        Assert.True((await connection.RunAsync(new CommandRequest { Script = "true" }, Now)).ConnectionLost);
        var dead = lab.Description with { Port = Ssh.SshServer.FreePort() };
        var gone = await Assert.ThrowsAsync<ForgeException>(() => reboot.WaitForBootAsync(dead, before.BootId, TimeSpan.FromSeconds(1), Now));
        Assert.Equal("RebootNotBack", gone.Id);
    }
}
