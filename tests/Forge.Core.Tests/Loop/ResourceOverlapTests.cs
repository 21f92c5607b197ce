using Forge.Core.Findings;
using Forge.Core.Loop;
using Forge.Core.Operations;

namespace Forge.Core.Tests.Loop;

public class ResourceOverlapTests
{
    [Fact]
    public void What_the_host_saw_change_finds_the_items_that_share_it()
    {
        var overlap = new ResourceOverlap([], new HostChanges
        {
            Files = ["/etc/ssh/sshd_config"],
            PackagesRemoved = ["chrony=4.3-2+deb12u1"],
            UnitsStopped = ["chrony.service"],
        });

        Assert.True(overlap.Contains(new Resource(ResourceKind.File, "/etc/ssh/sshd_config")));
        Assert.True(overlap.Contains(new Resource(ResourceKind.File, "/etc/ssh/")));
        Assert.True(overlap.Contains(new Resource(ResourceKind.Package, "chrony")));
        Assert.True(overlap.Contains(new Resource(ResourceKind.Service, "chrony")));
        Assert.False(overlap.Contains(new Resource(ResourceKind.File, "/etc/ssh/sshd_config.d/x")));
        Assert.False(overlap.Contains(new Resource(ResourceKind.File, "/etc/ss")));
        Assert.False(overlap.Contains(new Resource(ResourceKind.Package, "chron")));
    }
}
