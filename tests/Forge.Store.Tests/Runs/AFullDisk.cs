using System.Diagnostics;
using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Store.Tests.Given;

namespace Forge.Store.Tests.Runs;

public sealed class AFullDisk
{
    [Fact]
    public async Task Fails_the_journal_for_good_and_leaves_all_whole_lines()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "A file system of its own can be mounted by root on Linux only.");
        var mount = Path.Combine(Path.GetTempPath(), "forge-full-" + Guid.NewGuid().ToString("N")[..8]);
        Directory.CreateDirectory(mount);
        var mounted = await RunAsync("mount", "-t", "tmpfs", "-o", "size=256k", "forge-test", mount);
        Assert.SkipUnless(mounted == 0, "mount is not allowed here.");
        try
        {
            using var home = new Home(Path.Combine(mount, "home"));
            var acknowledged = await FillAsync(home);

            File.Delete(Path.Combine(mount, "home", "ballast"));
            Assert.Equal(acknowledged, (await home.LinesAsync(Home.Run().Id)).Count);
            await using var resumed = await home.Store.OpenAsync(Home.Run().Id, Home.Token);
            Assert.Equal(acknowledged + 1, (await resumed.AppendAsync(new RunResumed(acknowledged), durable: true, Home.Token)).Sequence);
        }
        finally
        {
            await RunAsync("umount", mount);
            Directory.Delete(mount);
        }
    }

    private static async Task<long> FillAsync(Home home)
    {
        await using var journal = await home.Store.CreateAsync(Home.Run(), Home.Token);
        await File.WriteAllBytesAsync(Path.Combine(home.Root, "ballast"), new byte[64 << 10], Home.Token);
        var acknowledged = 0L;
        var error = await Assert.ThrowsAsync<ForgeException>(async () =>
        {
            while (true)
            {
                acknowledged = (await journal.AppendAsync(new Noted(new string('x', 3001)), durable: true, Home.Token)).Sequence;
            }
        });
        Assert.Equal(("JournalFailed", ForgeErrorKind.Refused), (error.Id, error.Kind));
        Assert.NotEqual(0, acknowledged);

        File.Delete(Path.Combine(home.Root, "ballast"));
        await File.WriteAllBytesAsync(Path.Combine(home.Root, "ballast"), new byte[16], Home.Token);
        var again = await Assert.ThrowsAsync<ForgeException>(() => journal.AppendAsync(new Noted("room again"), durable: true, Home.Token));
        Assert.Equal("JournalFailed", again.Id);
        return acknowledged;
    }

    [Fact]
    public async Task Fails_a_blob_without_leaving_a_piece_of_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "A file system of its own can be mounted by root on Linux only.");
        var mount = Path.Combine(Path.GetTempPath(), "forge-full-" + Guid.NewGuid().ToString("N")[..8]);
        Directory.CreateDirectory(mount);
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=256k", "forge-test", mount) == 0, "mount is not allowed here.");
        try
        {
            using var home = new Home(Path.Combine(mount, "home"));
            await using var journal = await home.Store.CreateAsync(Home.Run(), Home.Token);
            var noise = new byte[400_000];
            new Random(1).NextBytes(noise);
            Assert.Equal("JournalFailed", (await Assert.ThrowsAsync<ForgeException>(() => journal.PutAsync(noise, Home.Token))).Id);
            Assert.Empty(Directory.EnumerateFiles(Path.Combine(home.Store.FolderOf(Home.Run().Id), "blobs"), "*", SearchOption.AllDirectories));
        }
        finally
        {
            await RunAsync("umount", mount);
            Directory.Delete(mount);
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }
}
