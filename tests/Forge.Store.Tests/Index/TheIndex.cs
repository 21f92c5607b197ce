using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Store.Index;
using Forge.Store.Memory;
using Forge.Store.Runs;
using Forge.Store.Tests.Given;
using Microsoft.Data.Sqlite;

namespace Forge.Store.Tests.Index;

public sealed class TheIndex : IAsyncDisposable
{
    private readonly Home _home = new();
    private readonly RunIndex _index;
    private readonly RunStore _store;

    public TheIndex()
    {
        _index = new(_home.Options);
        _store = new(_home.Options, _index);
    }

    [Fact]
    public async Task Rebuilt_equals_the_one_that_was_kept_up_to_date()
    {
        for (var run = 0; run < 3; run++)
        {
            await Night.PlayAsync(_store, $"20261121-091{run}-practice", 20);
        }

        var kept = await DumpAsync();
        Assert.Contains(kept, row => row.StartsWith("items|", StringComparison.Ordinal));
        Assert.Contains(kept, row => row.StartsWith("operations|", StringComparison.Ordinal));
        Assert.Contains(kept, row => row.StartsWith("tips|", StringComparison.Ordinal));
        var rebuilt = await _index.RebuildAsync(Home.Token);
        Assert.Equal((3, 0), (rebuilt.Runs, rebuilt.Faults.Count));
        Assert.Equal(kept, await DumpAsync());
    }

    [Fact]
    public async Task Deleted_loses_nothing()
    {
        await Night.PlayAsync(_store, "20261121-0912-a", 12);
        var kept = await DumpAsync();
        await _index.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(_home.Root, "forge.db*"))
        {
            File.Delete(file);
        }

        Assert.Equal(kept, await DumpAsync());
        Assert.Empty(_index.Notes);
    }

    [Theory]
    [InlineData("no database")]
    [InlineData("pages overwritten")]
    [InlineData("cut")]
    public async Task Damaged_is_set_aside_and_built_again_with_a_note(string damage)
    {
        await Night.PlayAsync(_store, "20261121-0912-a", 200);
        var kept = await DumpAsync();
        await _index.DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(_index.FilePath, Home.Token);
        await File.WriteAllBytesAsync(_index.FilePath, Damaged(bytes, damage), Home.Token);

        await using var index = new RunIndex(_home.Options);
        var items = await index.FindItemsAsync(new() { RunId = "20261121-0912-a" }, Home.Token);
        Assert.Equal(200, items.Count);
        Assert.Contains("set aside", Assert.Single(index.Notes), StringComparison.Ordinal);
        Assert.Contains(Directory.EnumerateFiles(_home.Root), f => Path.GetFileName(f).StartsWith("forge.db.damaged-", StringComparison.Ordinal));
        await index.DisposeAsync();
        Assert.Equal(kept, await DumpAsync());
    }

    [Fact]
    public async Task Made_by_a_newer_Forge_is_refused_with_a_way_out()
    {
        await Night.PlayAsync(_store, "20261121-0912-a", 1);
        Execute("PRAGMA user_version = 99");
        await using var index = new RunIndex(_home.Options);
        var error = await Assert.ThrowsAsync<ForgeException>(() => index.FindItemsAsync(new(), Home.Token));
        Assert.Equal("IndexNewer", error.Id);
        await using (await new RunStore(_home.Options, index).CreateAsync(Home.Run("goes-on"), Home.Token))
        {
        }
    }

    [Fact]
    public async Task Made_by_an_older_Forge_is_built_anew()
    {
        await Night.PlayAsync(_store, "20261121-0912-a", 5);
        Execute("DROP TABLE tips; PRAGMA user_version = 0");
        await using var index = new RunIndex(_home.Options);
        Assert.Equal(5, (await index.FindItemsAsync(new(), Home.Token)).Count);
        Assert.Equal(5, Query("SELECT count(*) FROM tips").Single() is var tips ? int.Parse(tips, System.Globalization.CultureInfo.InvariantCulture) : 0);
    }

    [Fact]
    public async Task Follows_a_run_whose_process_told_it_nothing()
    {
        await Night.PlayAsync(_home.Store, "20261121-0912-a", 8);
        await _index.CatchUpAsync(Home.Token);
        var kept = await DumpAsync();
        Assert.Equal(8, (await _index.FindItemsAsync(new(), Home.Token)).Count);
        await _index.CatchUpAsync(Home.Token);
        Assert.Equal(kept, await DumpAsync());
        Directory.Delete(_home.Store.FolderOf("20261121-0912-a"), recursive: true);
        await _index.CatchUpAsync(Home.Token);
        Assert.Empty(await _index.FindItemsAsync(new(), Home.Token));
    }

    [Fact]
    public async Task Takes_in_a_damaged_journal_up_to_the_damage_and_says_so()
    {
        await Night.PlayAsync(_store, "20261121-0912-a", 8);
        var events = _home.EventsOf("20261121-0912-a");
        await File.WriteAllTextAsync(
            events,
            (await File.ReadAllTextAsync(events, Home.Token)).Replace("change rule_005", "change rule_999", StringComparison.Ordinal),
            Home.Token);
        var rebuilt = await _index.RebuildAsync(Home.Token);
        Assert.Contains("events.jsonl, line", Assert.Single(rebuilt.Faults), StringComparison.Ordinal);
        Assert.Equal(4, (await _index.FindItemsAsync(new() { Outcome = ItemState.Remediated }, Home.Token)).Count);
    }

    [Fact]
    public async Task Finds_items_by_what_is_asked()
    {
        await Night.PlayAsync(_store, "20261121-0912-a", 14);
        await Night.PlayAsync(_store, "20261121-0913-b", 14);
        var escalated = await _index.FindItemsAsync(new() { RunId = "20261121-0912-a", Outcome = ItemState.Escalated }, Home.Token);
        Assert.Equal(["rule_005", "rule_010"], escalated.Select(i => i.Id));
        Assert.All(
            escalated,
            i => Assert.Equal((FailureMode.EvaluatorGap, "content", 1, TimeSpan.FromSeconds(0.35)), (i.FailureMode, i.Arm, i.Attempts, i.Elapsed)));
        Assert.Equal(
            ["20261121-0913-b", "20261121-0912-a"],
            (await _index.FindItemsAsync(new() { Item = "rule_003", Skill = "stig" }, Home.Token)).Select(i => i.RunId));
        Assert.Single(await _index.FindItemsAsync(new() { Item = "rule_003", Last = 1 }, Home.Token));
        Assert.Empty(await _index.FindItemsAsync(new() { Skill = "cve" }, Home.Token));
        var operations = await _index.FindOperationsAsync("20261121-0912-a", Home.Token);
        Assert.Equal(12, operations.Count);
        Assert.All(operations, o => Assert.Equal((0, o.Item is "rule_005" or "rule_010" ? true : (bool?)null), (o.ExitCode, o.Restored)));
    }

    [Fact]
    public async Task Is_used_by_several_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            await using var index = new RunIndex(_home.Options);
            await Night.PlayAsync(new RunStore(_home.Options, index), $"20261121-091{i}-p", 10);
            Assert.Equal(10, (await index.FindItemsAsync(new() { RunId = $"20261121-091{i}-p" }, Home.Token)).Count);
        })));
        Assert.Equal(40, (await _index.FindItemsAsync(new(), Home.Token)).Count);
        Assert.Empty(_index.Notes);
    }

    [Fact]
    public async Task Has_the_settings_that_it_claims()
    {
        await Night.PlayAsync(_store, "20261121-0912-a", 1);
        Assert.Equal("wal", Query("PRAGMA journal_mode").Single());
        Assert.Equal("8192", Query("PRAGMA page_size").Single());
        Assert.Equal("2", Query("PRAGMA auto_vacuum").Single());
        Assert.Equal("1", await _index.UseAsync(c => Scalar(c, "PRAGMA foreign_keys"), Home.Token));
        Assert.Equal("1", await _index.UseAsync(c => Scalar(c, "PRAGMA synchronous"), Home.Token));
        Assert.Equal("15000", await _index.UseAsync(c => Scalar(c, "PRAGMA busy_timeout"), Home.Token));
    }

    [Fact]
    public async Task Memory_keeps_lessons_apart_by_skill_and_puts_this_hosts_first()
    {
        var memory = new TipMemory(_index, _home.Options);
        var at = Samples.Tip.LearnedAt;
        await memory.RecordAsync(Samples.Tip with { Target = "web01", LearnedAt = at.AddHours(3), Mechanism = "other host, new" }, Home.Token);
        await memory.RecordAsync(Samples.Tip with { LearnedAt = at, Mechanism = "this host, old" }, Home.Token);
        await memory.RecordAsync(Samples.Tip with { LearnedAt = at.AddHours(1), Mechanism = "this host, new" }, Home.Token);
        await memory.RecordAsync(Samples.Tip with { Skill = "cve" }, Home.Token);
        await memory.RecordAsync(Samples.Tip with { Target = "rhel01", Platform = "rhel-9-x86_64" }, Home.Token);
        await memory.RecordAsync(Samples.Tip with { Item = "another" }, Home.Token);
        var recalled = await memory.RecallAsync("stig", Samples.Tip.Item, "practice", Samples.Tip.Platform, Home.Token);
        Assert.Equal(["this host, new", "this host, old", "other host, new"], recalled.Select(t => t.Mechanism));
        Assert.Null(Deep.Difference(Samples.Tip with { LearnedAt = at, Mechanism = "this host, old" }, recalled[1]));
    }

    [Fact]
    public async Task Memory_survives_the_index_and_the_removal_of_its_run()
    {
        await Night.PlayAsync(_store, "20261121-0912-a", 3);
        await _store.RemoveAsync("20261121-0912-a", Home.Token);
        Assert.Empty(await _index.FindItemsAsync(new(), Home.Token));
        var memory = new TipMemory(_index, _home.Options);
        var before = await memory.RecallAsync("stig", "rule_001", "practice", "debian-12-x86_64", Home.Token);
        Assert.Single(before);
        Assert.Equal(3, (await _index.RebuildAsync(Home.Token)).Lessons);
        Assert.Equal(before, await memory.RecallAsync("stig", "rule_001", "practice", "debian-12-x86_64", Home.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        _home.Dispose();
    }

    private static byte[] Damaged(byte[] bytes, string damage)
    {
        switch (damage)
        {
            case "no database":
                return "this is no database, and long enough to look at"u8.ToArray();
            case "cut":
                return bytes[..(bytes.Length / 2)];
            default:
                bytes.AsSpan(8192).Fill(0xa5);
                return bytes;
        }
    }

    private static string Scalar(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        return statement.Query(r => r.GetValue(0).ToString()!)[0];
    }

    private async Task<List<string>> DumpAsync()
    {
        await _index.CatchUpAsync(Home.Token);
        var rows = new List<string>();
        foreach (var table in new[] { "runs", "run_targets", "items", "operations", "tips" })
        {
            rows.AddRange(await _index.UseAsync(
                c => Rows(c, $"SELECT * FROM {table}").Select(r => table + "|" + r).Order(StringComparer.Ordinal).ToList(),
                Home.Token));
        }

        return rows;
    }

    private static List<string> Rows(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        return statement.Query(r => string.Join('|', Enumerable.Range(0, r.FieldCount).Select(r.GetValue)));
    }

    private List<string> Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_index.FilePath};Pooling=false");
        connection.Open();
        return Rows(connection, sql);
    }

    private void Execute(string sql) => Query(sql);
}
