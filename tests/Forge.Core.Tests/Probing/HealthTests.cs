using Forge.Core.Probing;

namespace Forge.Core.Tests.Probing;

public class HealthTests
{
    private const string Healthy = """
        @@units
        Id=ssh.service
        LoadState=loaded
        ActiveState=active
        SubState=running
        UnitFileState=enabled

        Id=cron.service
        LoadState=loaded
        ActiveState=active
        SubState=running
        UnitFileState=enabled

        Id=transient.service
        LoadState=loaded
        ActiveState=active
        SubState=running
        UnitFileState=static
        @@disk
        Filesystem 1024-blocks Used Available Capacity Mounted on
        /dev/vda 4000000 1000000 3000000 25% /
        @@packages
        @@end
        """;

    [Fact]
    public void A_service_that_ran_and_runs_no_more_is_a_fault()
    {
        var (faults, fingerprint) = Judge(Healthy.Replace("Id=cron.service\nLoadState=loaded\nActiveState=active\nSubState=running", "Id=cron.service\nLoadState=loaded\nActiveState=failed\nSubState=failed", StringComparison.Ordinal));

        Assert.Equal("cron.service ran before and has failed", Assert.Single(faults));
        Assert.Equal("service", fingerprint);
    }

    [Theory]
    [InlineData("cron")]
    [InlineData("cron.service")]
    public void A_service_that_the_change_was_to_stop_is_none(string named) =>
        Assert.Empty(Judge(Healthy.Replace("Id=cron.service\nLoadState=loaded\nActiveState=active\nSubState=running", "Id=cron.service\nLoadState=loaded\nActiveState=inactive\nSubState=dead", StringComparison.Ordinal), named).Faults);

    [Fact]
    public void A_unit_that_nobody_enabled_may_come_and_go() =>
        Assert.Empty(Judge(Healthy.Replace("Id=transient.service\nLoadState=loaded\nActiveState=active\nSubState=running", "Id=transient.service\nLoadState=loaded\nActiveState=inactive\nSubState=dead", StringComparison.Ordinal)).Faults);

    [Fact]
    public void A_full_disk_and_a_broken_package_database_are_faults()
    {
        Assert.Equal("disk-full", Judge(Healthy.Replace("3000000 25%", "100 100%", StringComparison.Ordinal)).Fingerprint);
        Assert.Equal("package-database", Judge(Healthy.Replace("@@packages\n", "@@packages\nThe following packages are in a mess\n", StringComparison.Ordinal)).Fingerprint);
    }

    [Fact]
    public void An_output_that_is_cut_off_is_no_snapshot() => Assert.Null(HealthParser.Parse(Healthy[..^"@@end".Length]));

    private static (IReadOnlyList<string> Faults, string Fingerprint) Judge(string now, params string[] intended) =>
        HealthJudge.Judge(HealthParser.Parse(Healthy)!, HealthParser.Parse(now)!, intended);
}
