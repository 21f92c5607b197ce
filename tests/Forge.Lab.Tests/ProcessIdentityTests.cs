using System.Diagnostics;
using Forge.Lab.Processes;

namespace Forge.Lab.Tests;

public sealed class ProcessIdentityTests
{
    [Fact]
    public async Task A_stranger_with_the_same_number_is_never_signalled()
    {
        using var process = Process.Start("sleep", "60");
        var identity = ProcessIdentity.Of(process.Id)!;
        Assert.True(identity.IsAlive);
        Assert.False((identity with { StartTicks = identity.StartTicks - 1 }).Signal(ProcessIdentity.Kill));
        Assert.False((identity with { HostBoot = "another" }).Signal(ProcessIdentity.Kill));
        Assert.True(identity.IsAlive);
        Assert.True(identity.Signal(ProcessIdentity.Kill));
        Assert.True(await identity.WaitForEndAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_damaged_pid_file_names_nobody()
    {
        var path = Path.GetTempFileName();
        try
        {
            foreach (var text in new[] { "", "12", "12 x boot", "-1 5 boot", "1 2 3 4" })
            {
                File.WriteAllText(path, text);
                Assert.Null(ProcessIdentity.Read(path));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
