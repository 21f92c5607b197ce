using System.Diagnostics;
using System.Globalization;
using System.Text;
using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Store.Runs;
using Forge.Store.Tests.Given;

namespace Forge.Store.Tests.Runs;

/// <summary>A real child process (this test program, told to run <see cref="Child"/>) is killed while it appends.</summary>
public sealed class AWriterThatIsKilled
{
    private const string HomeVariable = "FORGE_TEST_STORE_HOME";
    private const string Id = "20261121-0912-killed-stig-0001";

    [Fact]
    public async Task Leaves_every_acknowledged_event_and_no_lock_behind()
    {
        using var home = new Home();
        await using (await home.Store.CreateAsync(Home.Run(Id), Home.Token))
        {
        }

        var acknowledgedBefore = 0L;
        foreach (var acknowledgements in new[] { 40, 1, 150 })
        {
            var acknowledged = await KillAfterAsync(home, acknowledgedBefore + acknowledgements);
            Assert.Equal(RunStatus.Abandoned, (await home.Store.GetAsync(Id, Home.Token)).Status);
            Assert.Equal(RunStatus.Abandoned, Assert.Single(await home.Store.ListAsync(null, Home.Token)).Status);

            var lines = await home.LinesAsync(Id);
            Assert.True(lines.Count >= acknowledged, $"{acknowledged} lines were acknowledged, {lines.Count} are there.");
            await using (var journal = await home.Store.OpenAsync(Id, Home.Token))
            {
                var line = await journal.AppendAsync(new RunResumed(lines.Count), durable: true, Home.Token);
                acknowledgedBefore = line.Sequence;
            }
        }
    }

    [Fact]
    public async Task Kept_others_out_while_it_was_alive()
    {
        using var home = new Home();
        await using (await home.Store.CreateAsync(Home.Run(Id), Home.Token))
        {
        }

        using var child = Start(home);
        try
        {
            await WaitForAsync(home, child, 1);
            var error = await Assert.ThrowsAsync<ForgeException>(() => home.Store.OpenAsync(Id, Home.Token));
            Assert.Equal("RunInUse", error.Id);
            Assert.Contains($"process {child.Id}", error.Message, StringComparison.Ordinal);
            Assert.Equal("RunInUse", (await Assert.ThrowsAsync<ForgeException>(() => home.Store.RemoveAsync(Id, Home.Token))).Id);
            var listed = Assert.Single(await home.Store.ListAsync(null, Home.Token));
            Assert.Equal((RunStatus.Running, child.Id), (listed.Status, listed.ProcessId));
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync(Home.Token);
        }
    }

    [Fact]
    public async Task Ends_a_reader_that_follows_it()
    {
        using var home = new Home();
        await using (await home.Store.CreateAsync(Home.Run(Id), Home.Token))
        {
        }

        using var child = Start(home);
        await WaitForAsync(home, child, 1);
        var seen = 0L;
        await foreach (var line in home.Store.ReadAsync(Id, follow: true, Home.Token))
        {
            seen++;
            Assert.Equal(seen, line.Sequence);
            if (seen == 30)
            {
                child.Kill();
            }
        }

        await child.WaitForExitAsync(Home.Token);
        Assert.Equal((await home.LinesAsync(Id)).Count, seen);
    }

    [Fact(Explicit = true)]
    public async Task Child()
    {
        var root = Environment.GetEnvironmentVariable(HomeVariable) ?? throw new InvalidOperationException("Started by the other tests only.");
        var store = new RunStore(new() { Home = root });
        await using var journal = await store.OpenAsync(Id, Home.Token);
        await store.SaveAsync(Home.Run(Id), Home.Token);
        using var acknowledgements = new FileStream(Path.Combine(root, "acknowledged"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        while (!Home.Token.IsCancellationRequested)
        {
            await journal.AppendAsync(new Noted("not durable"), durable: false, Home.Token);
            var line = await journal.AppendAsync(new Noted(new string('x', 500)), durable: true, Home.Token);
            acknowledgements.Write(Encoding.ASCII.GetBytes(line.Sequence.ToString(CultureInfo.InvariantCulture) + "\n"));
        }
    }

    private static async Task<long> KillAfterAsync(Home home, long sequence)
    {
        using var child = Start(home);
        await WaitForAsync(home, child, sequence);
        child.Kill();
        await child.WaitForExitAsync(Home.Token);
        return LastAcknowledged(home);
    }

    private static async Task WaitForAsync(Home home, Process child, long sequence)
    {
        while (LastAcknowledged(home) < sequence)
        {
            Assert.False(child.HasExited, $"the writer ended by itself at line {LastAcknowledged(home)}");
            await Task.Delay(5, Home.Token);
        }
    }

    private static long LastAcknowledged(Home home)
    {
        var path = Path.Combine(home.Root, "acknowledged");
        if (!File.Exists(path))
        {
            return 0;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var whole = reader.ReadToEnd();
        var lines = whole[..(whole.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? 0 : long.Parse(lines[^1], CultureInfo.InvariantCulture);
    }

    private static Process Start(Home home)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [HomeVariable] = home.Root },
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(AWriterThatIsKilled).Assembly.Location);
        }

        foreach (var argument in new[] { "-explicit", "only", "-method", $"{typeof(AWriterThatIsKilled).FullName}.{nameof(Child)}" })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
