using System.Text;
using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Store.Tests.Given;

namespace Forge.Store.Tests.Runs;

public sealed class RunFolders
{
    [Fact]
    public async Task A_second_writer_of_the_same_process_is_refused_until_the_first_is_done()
    {
        using var home = new Home();
        var id = Home.Run().Id;
        await using (await home.Store.CreateAsync(Home.Run(), Home.Token))
        {
            var error = await Assert.ThrowsAsync<ForgeException>(() => home.Store.OpenAsync(id, Home.Token));
            Assert.Equal(("RunInUse", ForgeErrorKind.Conflict), (error.Id, error.Kind));
            Assert.Equal("RunExists", (await Assert.ThrowsAsync<ForgeException>(() => home.Store.CreateAsync(Home.Run(), Home.Token))).Id);
        }

        await using (await home.Store.OpenAsync(id, Home.Token))
        {
        }
    }

    [Fact]
    public async Task Of_many_that_create_the_same_run_one_succeeds()
    {
        using var home = new Home();
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            try
            {
                return (await home.Store.CreateAsync(Home.Run(), Home.Token), (string?)null);
            }
            catch (ForgeException e)
            {
                return ((IJournal?)null, e.Id);
            }
        })));
        Assert.Single(results, r => r.Item1 is not null);
        Assert.All(results.Where(r => r.Item1 is null), r => Assert.Equal("RunExists", r.Item2));
        await results.Single(r => r.Item1 is not null).Item1!.DisposeAsync();
    }

    [Fact]
    public async Task Appends_from_many_tasks_keep_chain_and_each_ones_order()
    {
        using var home = new Home();
        var given = new List<JournalLine>();
        await using (var journal = await home.Store.CreateAsync(Home.Run(), Home.Token))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(task => Task.Run(async () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    var line = await journal.AppendAsync(new Noted($"{i}") { Target = $"task {task}" }, durable: i % 3 == 0, Home.Token);
                    lock (given)
                    {
                        given.Add(line);
                    }
                }
            })));
        }

        var lines = await home.LinesAsync(Home.Run().Id);
        Assert.Equal(800, lines.Count);
        Assert.Equal(given.OrderBy(l => l.Sequence).Select(l => l.Hash), lines.Select(l => l.Hash));
        Assert.All(lines.GroupBy(l => l.Event.Target), g => Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), g.Select(l => ((Noted)l.Event).Text)));
    }

    [Fact]
    public async Task Following_sees_each_line_as_it_is_written_and_ends_with_the_run()
    {
        using var home = new Home();
        await using var journal = await home.Store.CreateAsync(Home.Run(), Home.Token);
        var seen = new List<string>();
        var first = new TaskCompletionSource();
        var follower = FollowAsync();
        await journal.AppendAsync(new Noted("one"), durable: false, Home.Token);
        await first.Task.WaitAsync(TimeSpan.FromSeconds(30), Home.Token);
        Assert.False(follower.IsCompleted);
        await journal.AppendAsync(new Noted("two"), durable: false, Home.Token);
        await journal.AppendAsync(new RunEnded(RunStatus.Succeeded, ""), durable: true, Home.Token);
        await follower.WaitAsync(TimeSpan.FromSeconds(30), Home.Token);
        Assert.Equal(["one", "two", "end"], seen);

        async Task FollowAsync()
        {
            await foreach (var line in home.Store.ReadAsync(Home.Run().Id, follow: true, Home.Token))
            {
                seen.Add(line.Event is Noted noted ? noted.Text : "end");
                first.TrySetResult();
            }
        }
    }

    [Fact]
    public async Task The_record_comes_back_whole_and_says_who_works_on_it()
    {
        using var home = new Home();
        var run = Home.Run();
        await using (await home.Store.CreateAsync(run, Home.Token))
        {
            var running = await home.Store.GetAsync(run.Id, Home.Token);
            Assert.Equal((RunStatus.Running, Environment.ProcessId), (running.Status, running.ProcessId));
            Assert.NotNull(running.ProcessStart);
        }

        Assert.Equal(RunStatus.Abandoned, (await home.Store.GetAsync(run.Id, Home.Token)).Status);
        var ended = (RunRecord)new AnyValue(7).Of(typeof(RunRecord))! with { Id = run.Id, Status = RunStatus.ItemsLeft, ProcessId = null, ProcessStart = null };
        await home.Store.SaveAsync(ended, Home.Token);
        Assert.Null(Deep.Difference(ended, await home.Store.GetAsync(run.Id, Home.Token)));
        Assert.Empty(Directory.EnumerateFiles(home.Store.FolderOf(run.Id), "*.tmp"));
    }

    [Fact]
    public async Task A_process_id_that_was_used_again_is_not_taken_for_the_owner()
    {
        using var home = new Home();
        await home.RunWithNotesAsync(1);
        var owner = Path.Combine(home.Store.FolderOf(Home.Run().Id), "run.owner.json");
        await File.WriteAllTextAsync(owner, $"{{\"id\":{Environment.ProcessId},\"start\":1}}", Home.Token);
        Assert.Equal(RunStatus.Abandoned, (await home.Store.GetAsync(Home.Run().Id, Home.Token)).Status);
        var mine = Store.Runs.ProcessIdentity.Current;
        await File.WriteAllTextAsync(owner, $"{{\"id\":{mine.Id},\"start\":{mine.Start}}}", Home.Token);
        Assert.Equal(RunStatus.Running, (await home.Store.GetAsync(Home.Run().Id, Home.Token)).Status);
    }

    [Fact]
    public async Task Lists_the_newest_runs_first()
    {
        using var home = new Home();
        string[] ids = ["20261121-0912-a", "20261121-0912-b", "20261120-2300-c", "named-by-hand", "20251121-0912-old"];
        for (var i = 0; i < ids.Length; i++)
        {
            var run = Home.Run(ids[i]) with { StartedAt = new DateTimeOffset(2026, 11, 21, 9, 12, 10 - i, TimeSpan.Zero), Status = RunStatus.Succeeded };
            await using (await home.Store.CreateAsync(run, Home.Token))
            {
            }
        }

        Assert.Equal(ids, (await home.Store.ListAsync(null, Home.Token)).Select(r => r.Id));
        Assert.Equal(ids[..2], (await home.Store.ListAsync(2, Home.Token)).Select(r => r.Id));
        Assert.Equal(ids[..1], (await home.Store.ListAsync(1, Home.Token)).Select(r => r.Id));
        Assert.Empty(await home.Store.ListAsync(0, Home.Token));
    }

    [Fact]
    public async Task A_damaged_record_is_shown_as_such_and_hides_no_other_run()
    {
        using var home = new Home();
        var id = await home.RunWithNotesAsync(1);
        await using (await home.Store.CreateAsync(Home.Run("other"), Home.Token))
        {
        }

        await File.WriteAllTextAsync(Path.Combine(home.Store.FolderOf(id), "run.json"), "{ \"id\": ", Home.Token);
        var listed = await home.Store.ListAsync(null, Home.Token);
        Assert.Equal(2, listed.Count);
        Assert.Contains("run.json", listed.Single(r => r.Id == id).Reason, StringComparison.Ordinal);
        Assert.Equal("RunRecordDamaged", (await Assert.ThrowsAsync<ForgeException>(() => home.Store.GetAsync(id, Home.Token))).Id);
        Assert.Single(await home.LinesAsync(id));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData(".hidden")]
    public void An_id_that_leaves_the_folder_is_refused(string id)
    {
        using var home = new Home();
        Assert.Equal("RunIdInvalid", Assert.Throws<ForgeException>(() => home.Store.FolderOf(id)).Id);
    }

    [Fact]
    public async Task What_does_not_exist_is_said_to_be_missing()
    {
        using var home = new Home();
        Assert.Equal("RunNotFound", (await Assert.ThrowsAsync<ForgeException>(() => home.Store.GetAsync("x", Home.Token))).Id);
        Assert.Equal("RunNotFound", (await Assert.ThrowsAsync<ForgeException>(() => home.Store.OpenAsync("x", Home.Token))).Id);
        Assert.Equal("RunNotFound", (await Assert.ThrowsAsync<ForgeException>(() => home.Store.RemoveAsync("x", Home.Token))).Id);
        Assert.Equal("RunNotFound", (await Assert.ThrowsAsync<ForgeException>(() => home.LinesAsync("x"))).Id);
        Assert.Empty(await home.Store.ListAsync(null, Home.Token));
    }

    [Fact]
    public async Task Removing_takes_the_folder_away()
    {
        using var home = new Home();
        var id = await home.RunWithNotesAsync(1);
        await home.Store.RemoveAsync(id, Home.Token);
        Assert.False(Directory.Exists(home.Store.FolderOf(id)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(home.Root, "runs")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(4096)]
    [InlineData(200_000)]
    public async Task Blobs_come_back_and_damage_is_found(int size)
    {
        using var home = new Home();
        await using var journal = await home.Store.CreateAsync(Home.Run(), Home.Token);
        foreach (var content in new[] { Encoding.UTF8.GetBytes(new string('a', size)), RandomBytes(size) })
        {
            var digest = await journal.PutAsync(content, Home.Token);
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)), digest);
            Assert.Equal(digest, await journal.PutAsync(content, Home.Token));
            Assert.Equal(content, await journal.GetAsync(digest, Home.Token));

            var file = Assert.Single(Directory.EnumerateFiles(Path.Combine(home.Store.FolderOf(Home.Run().Id), "blobs", digest[..2]), digest + "*"));
            var bytes = await File.ReadAllBytesAsync(file, Home.Token);
            await File.WriteAllBytesAsync(file, bytes.Length == 0 ? [1] : [.. bytes[..^1], (byte)~bytes[^1]], Home.Token);
            Assert.Equal("BlobDamaged", (await Assert.ThrowsAsync<ForgeException>(() => journal.GetAsync(digest, Home.Token))).Id);
            File.Delete(file);
            Assert.Equal("BlobNotFound", (await Assert.ThrowsAsync<ForgeException>(() => journal.GetAsync(digest, Home.Token))).Id);
        }

        Assert.Equal("BlobNotFound", (await Assert.ThrowsAsync<ForgeException>(() => journal.GetAsync("../../run.json", Home.Token))).Id);
    }

    [Fact]
    public async Task A_journal_of_a_newer_Forge_is_readable_but_not_resumed()
    {
        using var home = new Home();
        var id = await home.RunWithNotesAsync(1);
        var folder = new Store.Runs.RunFolder(Path.Combine(home.Root, "runs"), id);
        var position = new Store.Runs.JournalPosition(new FileInfo(folder.Events).Length, 1, (await home.LinesAsync(id))[0].Hash);
        var (line, hash) = Store.Runs.JournalFormat.Build(position, DateTimeOffset.UtcNow, "{\"type\":\"quantum.leap\",\"target\":\"practice\",\"by\":3}"u8);
        var (last, _) = Store.Runs.JournalFormat.Build(
            new(0, 2, hash),
            DateTimeOffset.UtcNow,
            "{\"type\":\"run.ended\",\"status\":\"HalfDone\",\"reason\":\"\"}"u8);
        await File.AppendAllBytesAsync(folder.Events, [.. line, .. last], Home.Token);

        var lines = await home.LinesAsync(id);
        var noted = Assert.IsType<Noted>(lines[1].Event);
        Assert.Contains("quantum.leap", noted.Text, StringComparison.Ordinal);
        Assert.Equal("practice", noted.Target);
        Assert.Contains("HalfDone", Assert.IsType<Noted>(lines[2].Event).Text, StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<ForgeException>(() => home.Store.OpenAsync(id, Home.Token));
        Assert.Equal("JournalNewer", error.Id);
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("version 0.1.0", error.Message, StringComparison.Ordinal);
    }

    private static byte[] RandomBytes(int size)
    {
        var bytes = new byte[size];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
