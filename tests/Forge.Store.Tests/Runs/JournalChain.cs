using System.Text;
using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Store.Tests.Given;

namespace Forge.Store.Tests.Runs;

public sealed class JournalChain
{
    public static TheoryData<string, int> Damages => new()
    {
        { "one byte of a text changed", 5 },
        { "time changed", 5 },
        { "line lost", 5 },
        { "line doubled", 6 },
        { "two lines swapped", 5 },
        { "line of another journal", 5 },
        { "empty line inserted", 5 },
        { "last lines lost", 8 },
        { "first line lost", 1 },
        { "hash digit changed", 5 },
        { "zeros in the middle", 5 },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Damage_is_named_with_file_and_line(string damage, int atLine)
    {
        using var home = new Home();
        var id = await home.RunWithNotesAsync(9);
        var path = home.EventsOf(id);
        var lines = (await File.ReadAllLinesAsync(path, Home.Token)).ToList();
        Do(damage, lines);
        await File.WriteAllTextAsync(path, string.Concat(lines.Select(l => l + "\n")), Home.Token);

        var error = await Assert.ThrowsAsync<ForgeException>(() => home.LinesAsync(id));
        Assert.Equal("JournalDamaged", error.Id);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Matches(damage == "last lines lost" ? "after line 7, but had 9" : $"line {atLine} ", error.Message);
        var opened = await Assert.ThrowsAsync<ForgeException>(() => home.Store.OpenAsync(id, Home.Token));
        Assert.Equal("JournalDamaged", opened.Id);
    }

    [Fact]
    public async Task Lines_before_the_damage_are_read()
    {
        using var home = new Home();
        var id = await home.RunWithNotesAsync(9);
        var text = await File.ReadAllTextAsync(home.EventsOf(id), Home.Token);
        await File.WriteAllTextAsync(home.EventsOf(id), text.Replace("note 6", "note X", StringComparison.Ordinal), Home.Token);

        var seen = new List<long>();
        await Assert.ThrowsAsync<ForgeException>(async () =>
        {
            await foreach (var line in home.Store.ReadAsync(id, follow: false, Home.Token))
            {
                seen.Add(line.Sequence);
            }
        });
        Assert.Equal([1, 2, 3, 4, 5], seen);
    }

    [Fact]
    public async Task A_journal_does_not_fit_into_another_runs_folder()
    {
        using var home = new Home();
        var id = await home.RunWithNotesAsync(3);
        await using (await home.Store.CreateAsync(Home.Run("other"), Home.Token))
        {
        }

        File.Copy(home.EventsOf(id), home.EventsOf("other"), overwrite: true);
        Assert.Equal("JournalDamaged", (await Assert.ThrowsAsync<ForgeException>(() => home.LinesAsync("other"))).Id);
    }

    [Theory]
    [InlineData("{\"seq\":10,\"time\":\"2026")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    [InlineData("x")]
    public async Task A_torn_last_line_is_cut_off_and_noted(string tail)
    {
        using var home = new Home();
        var id = await home.RunWithNotesAsync(9);
        await File.AppendAllTextAsync(home.EventsOf(id), tail, Home.Token);
        Assert.Equal(9, (await home.LinesAsync(id)).Count);

        await using (var journal = await home.Store.OpenAsync(id, Home.Token))
        {
            await journal.AppendAsync(new Noted("after"), durable: true, Home.Token);
        }

        var lines = await home.LinesAsync(id);
        Assert.Equal(11, lines.Count);
        Assert.Contains($"{tail.Length} bytes", Assert.IsType<Noted>(lines[9].Event).Text, StringComparison.Ordinal);
        Assert.Equal("after", Assert.IsType<Noted>(lines[10].Event).Text);
    }

    [Fact]
    public async Task A_journal_torn_at_any_byte_opens_with_all_whole_lines()
    {
        using var home = new Home();
        var id = await home.RunWithNotesAsync(3);
        var whole = await File.ReadAllBytesAsync(home.EventsOf(id), Home.Token);
        for (var length = 0; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(home.EventsOf(id), whole[..length], Home.Token);
            File.Delete(Path.Combine(home.Store.FolderOf(id), "events.head.json"));
            await using (await home.Store.OpenAsync(id, Home.Token))
            {
            }

            var expected = whole.Take(length).Count(b => b == '\n');
            var torn = length > 0 && whole[length - 1] != '\n';
            Assert.Equal(expected + (torn ? 1 : 0), (await home.LinesAsync(id)).Count);
        }
    }

    [Fact]
    public async Task Numbers_have_no_gaps_and_hashes_are_those_on_disk()
    {
        using var home = new Home();
        var id = await home.RunWithNotesAsync(20);
        var lines = await home.LinesAsync(id);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), lines.Select(l => l.Sequence));
        var raw = await File.ReadAllLinesAsync(home.EventsOf(id), Home.Token);
        Assert.All(lines.Zip(raw), p => Assert.EndsWith($",\"hash\":\"{p.First.Hash}\"}}", p.Second, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_hash_is_what_the_documented_formula_says()
    {
        using var home = new Home();
        var id = await home.RunWithNotesAsync(2);
        var previous = Hex(Encoding.UTF8.GetBytes("forge-journal-1:" + id));
        foreach (var raw in await File.ReadAllLinesAsync(home.EventsOf(id), Home.Token))
        {
            var body = raw[..raw.LastIndexOf(",\"hash\":", StringComparison.Ordinal)];
            previous = Hex(Encoding.UTF8.GetBytes(previous + body));
            Assert.Contains(previous, raw, StringComparison.Ordinal);
        }
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

    private static void Do(string damage, List<string> lines)
    {
        switch (damage)
        {
            case "one byte of a text changed": lines[4] = lines[4].Replace("note 5", "note S", StringComparison.Ordinal); break;
            case "time changed": lines[4] = lines[4].Replace("\"time\":\"20", "\"time\":\"19", StringComparison.Ordinal); break;
            case "line lost": lines.RemoveAt(4); break;
            case "line doubled": lines.Insert(5, lines[4]); break;
            case "two lines swapped": (lines[4], lines[5]) = (lines[5], lines[4]); break;
            case "line of another journal": lines[4] = lines[4].Replace(lines[4][^66..^2], new string('0', 64), StringComparison.Ordinal); break;
            case "empty line inserted": lines.Insert(4, ""); break;
            case "last lines lost": lines.RemoveRange(7, 2); break;
            case "first line lost": lines.RemoveAt(0); break;
            case "hash digit changed": lines[4] = lines[4][..^3] + (lines[4][^3] == '0' ? '1' : '0') + "\"}"; break;
            case "zeros in the middle": lines[4] = new string('\0', 200); break;
            default: throw new ArgumentException(damage);
        }
    }
}
