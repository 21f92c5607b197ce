using Forge.Scap.Engine;

namespace Forge.Scap.Tests.Engine;

public sealed class ScannerWatchTests : EngineOnThisMachine
{
    // A lock that nothing will ever give: what oscap's threads do to each other.
    private const string Deadlock = "perl -Mthreads -Mthreads::shared -e 'my $x :shared; lock($x); cond_wait($x)'";

    [Fact]
    public async Task A_scanner_that_waits_for_itself_is_ended_and_asked_again()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/perl"), "perl, which stands for a scanner that hangs, is not installed");
        var counter = Folder.File("counter");
        var output = await Run($"echo x >> '{counter}'\n[ $(wc -l < '{counter}') -gt 1 ] || exec {Deadlock}\nexec oscap \"$@\"\n");
        Assert.EndsWith("waited for itself and was ended.", Assert.Single(output.Repeated), StringComparison.Ordinal);
        Assert.InRange(output.Elapsed.TotalSeconds, 2, 20);
    }

    [Fact]
    public async Task A_scanner_that_hangs_each_time_is_an_error_that_says_so()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/perl"), "perl, which stands for a scanner that hangs, is not installed");
        var error = await Assert.ThrowsAsync<ScannerException>(() => Run($"exec {Deadlock}\n"));
        Assert.Contains("waited for itself", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sleep 4\nexec oscap \"$@\"\n")]
    [InlineData("( sleep 4; exit 3 )\nexec oscap \"$@\"\n")]
    public async Task A_scanner_that_waits_for_something_else_is_left_alone(string script)
    {
        var output = await Run(script);
        Assert.Empty(output.Repeated);
        Assert.True(output.Elapsed.TotalSeconds >= 4);
    }

    [Fact]
    public async Task A_scanner_that_something_else_kills_has_not_used_up_its_time()
    {
        var error = await Assert.ThrowsAsync<ScannerException>(() => Run("kill -KILL $$\n"));
        Assert.Contains("ended with 137", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task A_scanner_without_an_end_is_ended_by_its_time()
    {
        var error = await Assert.ThrowsAsync<ScannerException>(() => Run("sleep 60\n", TimeSpan.FromSeconds(2)));
        Assert.Contains("did not end within", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_watch_ends_with_the_scanner()
    {
        await Run("exec oscap \"$@\"\n", interval: TimeSpan.FromSeconds(3_797));
        Assert.DoesNotContain(Directory.EnumerateDirectories("/proc"), path => CommandLine(path) == "sleep\03797\0");
    }

    private Task<ScannerOutput> Run(string script, TimeSpan? limit = null, TimeSpan? interval = null) => ScannerRunner.RunAsync(
        new ScannerCall
        {
            Scanner = Script(script),
            Stream = File.ReadAllBytes(Fixtures.MiniPath),
            RuleIds = [Fixtures.Rule + "complex"],
            Limit = limit ?? TimeSpan.FromSeconds(60),
            WatchInterval = interval ?? TimeSpan.FromSeconds(1),
        },
        Target,
        Token);

    private static string CommandLine(string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(path, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
