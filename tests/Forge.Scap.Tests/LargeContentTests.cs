using System.Diagnostics;
using Forge.Scap.Content;
using Forge.Scap.Profiles;
using Forge.Scap.Slim;

namespace Forge.Scap.Tests;

public sealed class LargeContentTests
{
    [Fact]
    public void The_largest_stream_is_read_within_bounded_memory()
    {
        var path = Fixtures.Content("rhel9");
        DataStreamReader.Read(Fixtures.MiniPath);
        var before = Memory();
        var watch = Stopwatch.StartNew();
        var benchmark = DataStreamReader.Read(path);
        var read = watch.Elapsed;
        var live = (GC.GetTotalMemory(forceFullCollection: true) - before) >> 20;
        Assert.True(benchmark.Rules.Count > 500);
        watch.Restart();
        var cutter = SlimDataStreamCutter.Open(path);
        var opened = watch.Elapsed;
        var both = (GC.GetTotalMemory(forceFullCollection: true) - before) >> 20;
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        TestContext.Current.SendDiagnosticMessage(
            $"rhel9: read {read.TotalSeconds:F2} s, {live} MiB live; opened for cutting {opened.TotalSeconds:F2} s, {both} MiB live with it; peak working set {peak} MiB");
        Assert.InRange(live, 1, 400);
        GC.KeepAlive(cutter);
        GC.KeepAlive(benchmark);
    }

    [Fact]
    public void Rules_that_search_whole_file_systems_are_told_from_the_rest()
    {
        var path = Fixtures.Content("debian12");
        var cutter = SlimDataStreamCutter.Open(path);
        var profile = ProfileResolver.Resolve(DataStreamReader.Read(path), "cis_level2_server");
        var walks = profile.Rules.ToDictionary(r => r.Rule.Id.Split("_rule_")[^1], r => cutter.Walks(r.Rule));
        Assert.Equal(
            ["audit_rules_privileged_commands", "file_permissions_unauthorized_world_writable", "file_permissions_ungroupowned", "no_files_unowned_by_user"],
            walks.Where(w => w.Value > 0).Select(w => w.Key).Order(StringComparer.Ordinal));
        Assert.Equal(2, walks["file_permissions_ungroupowned"]);
    }

    [Fact]
    public void Every_stream_of_the_package_is_read_and_opened()
    {
        var folder = Path.GetDirectoryName(Fixtures.Content("rhel9"))!;
        foreach (var path in Directory.EnumerateFiles(folder, "*-ds.xml"))
        {
            var benchmark = DataStreamReader.Read(path);
            Assert.NotEmpty(benchmark.Rules);
            foreach (var profile in benchmark.Profiles)
            {
                Assert.NotEmpty(Forge.Scap.Profiles.ProfileResolver.Resolve(benchmark, profile.Id).Values);
            }
        }
    }

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);
}
