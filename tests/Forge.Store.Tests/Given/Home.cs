using Forge.Core.Journal;
using Forge.Store.Redaction;
using Forge.Store.Runs;

namespace Forge.Store.Tests.Given;

/// <summary>A $FORGE_HOME of its own, removed afterwards.</summary>
public sealed class Home : IDisposable
{
    public Home()
        : this(Path.Combine(Path.GetTempPath(), "forge-store-" + Guid.NewGuid().ToString("N")[..12]))
    {
    }

    public Home(string path)
    {
        Root = path;
        Options = new() { Home = path, Redactor = Redactor, FollowInterval = TimeSpan.FromMilliseconds(20) };
        Store = new(Options);
    }

    public string Root { get; }

    public Redactor Redactor { get; } = new();

    public RunStoreOptions Options { get; }

    public RunStore Store { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static RunRecord Run(string id = "20261121-0912-practice-stig-7f3a") => new()
    {
        Id = id,
        Skill = "stig",
        Targets = ["practice"],
        Parameters = new Dictionary<string, string> { ["profile"] = "cis_level2_server" },
        StartedAt = new DateTimeOffset(2026, 11, 21, 9, 12, 0, TimeSpan.Zero),
        ForgeVersion = "0.1.0",
    };

    public string EventsOf(string runId) => Path.Combine(Store.FolderOf(runId), "events.jsonl");

    /// <summary>A closed run with as many notes as asked for.</summary>
    public async Task<string> RunWithNotesAsync(int notes)
    {
        var run = Run();
        await using var journal = await Store.CreateAsync(run, Token);
        for (var i = 1; i <= notes; i++)
        {
            await journal.AppendAsync(new Noted($"note {i}") { Target = "practice" }, durable: false, Token);
        }

        return run.Id;
    }

    public async Task<List<JournalLine>> LinesAsync(string runId)
    {
        var lines = new List<JournalLine>();
        await foreach (var line in Store.ReadAsync(runId, follow: false, Token))
        {
            lines.Add(line);
        }

        return lines;
    }

    public void Dispose()
    {
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }
}
