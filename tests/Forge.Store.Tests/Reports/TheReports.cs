using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Forge.Core.Evaluation;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Store.Reports;
using Forge.Store.Runs;
using Forge.Store.Tests.Given;
using FsCheck;
using FsCheck.Fluent;

namespace Forge.Store.Tests.Reports;

public sealed partial class TheReports : IDisposable
{
    private const string Id = "20261121-0912-practice-stig-7f3a";
    private const string Hostile = "echo '</script><script>alert(1)</script>' \"><img src=x onerror=alert(1)>\u001b[31mred\u001b[0m\u001b]0;title\u0007 \u202Egnp.exe | `code` & **bold** [link](http://x) </pre></div>";

    private readonly Home _home = new();
    private readonly ReportWriter _reports;

    public TheReports() => _reports = new(_home.Store, _home.Options);

    [Fact]
    public async Task Json_has_the_names_of_the_figures_and_they_add_up()
    {
        var run = await Night.PlayAsync(_home.Store, Id, 35);
        using var json = JsonDocument.Parse(await _reports.RenderAsync(Id, ReportFormat.Json, Home.Token));
        var root = json.RootElement;
        foreach (var scan in new[] { "before", "after" })
        {
            Assert.Equal(["pass", "fail", "notApplicable", "notChecked", "error"], root.GetProperty(scan).EnumerateObject().Select(p => p.Name));
        }

        Assert.Equal(["scanner", "target", "reboot", "model", "harness"], root.GetProperty("split").EnumerateObject().Select(p => p.Name));
        Assert.Equal(362, root.GetProperty("split").EnumerateObject().Sum(p => p.Value.GetDouble()));
        Assert.Equal(362, root.GetProperty("wallSeconds").GetDouble());
        Assert.Equal(0, root.GetProperty("falseSuccesses").GetInt32());
        var items = root.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["id", "outcome", "arm", "attempts", "seconds", "reason"], items[0].EnumerateObject().Select(p => p.Name).Take(6));
        Assert.Equal(35, items.Count);
        Assert.Equal(root.GetProperty("remediated").GetInt32(), items.Count(i => i.GetProperty("outcome").GetString() == "remediated"));
        Assert.Equal(root.GetProperty("needDecision").GetInt32(), items.Count(i => i.GetProperty("outcome").GetString() == "needs-decision"));
        Assert.Equal(root.GetProperty("attempted").GetInt32(), items.Count(i => i.GetProperty("attempts").GetInt32() > 0));
        Assert.Equal(
            root.GetProperty("before").GetProperty("fail").GetInt32() - root.GetProperty("after").GetProperty("fail").GetInt32(),
            root.GetProperty("remediated").GetInt32());
        Assert.Equal(SummarySentence.Of(run, run.Summary!), root.GetProperty("sentence").GetString());
        Assert.All(items.Where(i => i.GetProperty("outcome").GetString() != "remediated"), i => Assert.NotEqual("", i.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task A_run_without_an_end_has_its_models_tokens_and_seconds_so_far()
    {
        await using (var journal = await _home.Store.CreateAsync(Home.Run(Id), Home.Token))
        {
            await journal.AppendAsync(new ScanEnded("before", new(300, 1, 40, 13, 0), new Dictionary<string, VerdictKind>(), null, 60, new Dictionary<string, string>()) { Target = Night.Target }, durable: true, Home.Token);
            await journal.AppendAsync(new ProposerAsked(new(200, 0, 30, 0.2, 0.1, 0.1), 0.5, "forge-hardener 12ab") { Target = Night.Target, Item = "rule_001" }, durable: true, Home.Token);
        }

        using var json = JsonDocument.Parse(await _reports.RenderAsync(Id, ReportFormat.Json, Home.Token));
        Assert.False(json.RootElement.GetProperty("final").GetBoolean());
        Assert.Equal(230, json.RootElement.GetProperty("modelTokens").GetInt64());
        Assert.Equal((60, 0.5), (json.RootElement.GetProperty("split").GetProperty("scanner").GetDouble(), json.RootElement.GetProperty("split").GetProperty("model").GetDouble()));
    }

    [Fact]
    public async Task The_pause_of_a_run_that_was_resumed_is_not_its_time()
    {
        var start = Home.Run().StartedAt;
        foreach (var (minutes, @event) in new (int, ForgeEvent)[]
        {
            (0, new RunStarted(Id, "stig", [Night.Target])),
            (20, new Noted("killed after this") { Target = Night.Target }),
            (500, new RunResumed(2)),
            (505, new ScanEnded("round", new(300, 1, 40, 13, 0), new Dictionary<string, VerdictKind>(), null, 60, new Dictionary<string, string>()) { Target = Night.Target }),
        })
        {
            // A journal takes its time from its store's clock.
            var store = new RunStore(_home.Options with { Clock = new At(start.AddMinutes(minutes)) });
            await using var journal = minutes == 0 ? await store.CreateAsync(Home.Run(Id), Home.Token) : await store.OpenAsync(Id, Home.Token);
            await journal.AppendAsync(@event, durable: true, Home.Token);
        }

        using var json = JsonDocument.Parse(await _reports.RenderAsync(Id, ReportFormat.Json, Home.Token));
        Assert.Equal(25 * 60, json.RootElement.GetProperty("wallSeconds").GetDouble());
        Assert.Equal(24 * 60, json.RootElement.GetProperty("split").GetProperty("harness").GetDouble());
    }

    [Fact]
    public async Task What_was_suggested_and_not_tried_stands_in_each_of_them_where_the_item_is_left()
    {
        await Night.PlayAsync(_home.Store, Id, 10);
        await using (var journal = await _home.Store.OpenAsync(Id, Home.Token))
        {
            foreach (var item in new[] { "rule_001", "rule_005" })
            {
                await journal.AppendAsync(
                    new ActionSuggested("""{"action":"sysctl","key":"a.b","value":"1"}""", "set a.b = 1 <now>", "small-model", 0.4, "not sure enough") { Target = Night.Target, Item = item }, durable: true, Home.Token);
            }
        }

        using var json = JsonDocument.Parse(await _reports.RenderAsync(Id, ReportFormat.Json, Home.Token));
        var suggested = Assert.Single(json.RootElement.GetProperty("items").EnumerateArray(), i => i.TryGetProperty("suggestion", out _));
        Assert.Equal(("rule_005", "set a.b = 1 <now>", "small-model"), (suggested.GetProperty("id").GetString(), suggested.GetProperty("suggestion").GetProperty("summary").GetString(), suggested.GetProperty("suggestion").GetProperty("arm").GetString()));
        var html = await HtmlAsync();
        Assert.Equal(1, Regex.Count(html, "Suggested, not tried"));
        Assert.Contains("small-model: set a.b = 1 &lt;now&gt; (not sure enough)", html, StringComparison.Ordinal);
        var markdown = Encoding.UTF8.GetString(await _reports.RenderAsync(Id, ReportFormat.Markdown, Home.Token));
        Assert.Equal(1, Regex.Count(markdown, @"suggested by small-model and not tried: set a\.b = 1 \\<now\\>"));
    }

    [Fact]
    public async Task Html_shows_every_item_with_its_script_and_the_sentence()
    {
        var run = await Night.PlayAsync(_home.Store, Id, 35);
        var html = await HtmlAsync();
        Assert.Equal(35, Regex.Count(html, "<tbody class=\"(remediated|escalated|needs-decision)\">"));
        foreach (var line in SummarySentence.Lines(run, run.Summary!))
        {
            Assert.Contains($"<p>{line}</p>", html, StringComparison.Ordinal);
        }

        Assert.Equal(30, Regex.Count(html, "sed -i s/6/4/ /etc/ssh/sshd_config\n"));
        Assert.Contains("boot-one", html, StringComparison.Ordinal);
        Assert.Contains("boot-two", html, StringComparison.Ordinal);
        Assert.Contains("6.1.0-17 → 6.1.0-18", html, StringComparison.Ordinal);
        Assert.Contains("scap-security-guide 0.1.82", html, StringComparison.Ordinal);
        Assert.Contains("Undone; the state before is restored", html, StringComparison.Ordinal);
        Assert.Contains("<label class=\"for-escalated\" for=\"t0-escalated\">escalated 6</label>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_is_one_file_that_runs_and_loads_nothing()
    {
        await Night.PlayAsync(_home.Store, Id, 7, Hostile, Hostile);
        var html = await HtmlAsync();
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\u001b", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", html, StringComparison.Ordinal);
        Assert.DoesNotContain("[31m", html, StringComparison.Ordinal);
        Assert.DoesNotContain("]0;title", html, StringComparison.Ordinal);
        Assert.Contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.Empty(Unbalanced(html));
    }

    [Fact]
    public async Task Html_has_the_same_markup_whatever_a_host_says()
    {
        await Night.PlayAsync(_home.Store, "harmless", 1);
        var expected = Tags(Encoding.UTF8.GetString(await _reports.RenderAsync("harmless", ReportFormat.Html, Home.Token)));
        var number = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll(ArbMap.Default.ArbFor<string>(), ArbMap.Default.ArbFor<string>(), (a, b) =>
        {
            var id = $"run-{number++}";
            Night.PlayAsync(_home.Store, id, 1, "x" + a + "<b>" + b, "y" + b + "</pre><i a='" + a).GetAwaiter().GetResult();
            var html = Encoding.UTF8.GetString(_reports.RenderAsync(id, ReportFormat.Html, default).GetAwaiter().GetResult());
            Assert.Equal(expected, Tags(html));
        }));
    }

    [Fact]
    public async Task Markdown_keeps_its_tables_whatever_a_host_says()
    {
        var run = await Night.PlayAsync(_home.Store, Id, 7);
        var items = run.Summary!.Targets[0].Items.Select(i => i with { Reason = Hostile + "\n\n# head", Outcome = ItemState.Escalated }).ToList();
        await _home.Store.SaveAsync(run with { Summary = run.Summary with { Targets = [run.Summary.Targets[0] with { Items = items }] } }, Home.Token);
        var text = Encoding.UTF8.GetString(await _reports.RenderAsync(Id, ReportFormat.Markdown, Home.Token));
        var rows = text.Split('\n').Where(l => l.StartsWith("| `rule_", StringComparison.Ordinal)).ToList();
        Assert.Equal(7, rows.Count);
        Assert.All(rows, r => Assert.Equal(6, UnescapedBar().Count(r)));
        Assert.DoesNotMatch(@"(?<!\\)<", text);
        Assert.DoesNotContain("\u001b", text, StringComparison.Ordinal);
        Assert.Single(text.Split('\n'), l => l.StartsWith("# ", StringComparison.Ordinal));
        Assert.Contains("| before | 300 | 7 |", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_was_killed_has_a_report_of_its_journal()
    {
        await using (var journal = await _home.Store.CreateAsync(Home.Run(Id), Home.Token))
        {
            foreach (var sample in Samples.Events.Where(e => e is not (RunEnded or ItemEnded)))
            {
                await journal.AppendAsync(sample, durable: false, Home.Token);
            }
        }

        var html = await HtmlAsync();
        Assert.Contains("no final figures", html, StringComparison.Ordinal);
        Assert.Contains("not verified by a last full scan", html, StringComparison.Ordinal);
        Assert.Contains("<tbody class=\"active\">", html, StringComparison.Ordinal);
        Assert.Contains("Abandoned", html, StringComparison.Ordinal);
        Assert.Contains("has no blob", html, StringComparison.Ordinal);
        Assert.Empty(Unbalanced(html));
        using var json = JsonDocument.Parse(await _reports.RenderAsync(Id, ReportFormat.Json, Home.Token));
        Assert.False(json.RootElement.GetProperty("final").GetBoolean());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("after").ValueKind);
    }

    [Fact]
    public async Task A_run_that_never_reached_its_target_has_a_report()
    {
        await using (var journal = await _home.Store.CreateAsync(Home.Run(Id), Home.Token))
        {
            await journal.AppendAsync(new TargetParked("no route to host", "") { Target = "practice" }, durable: true, Home.Token);
        }

        foreach (var format in Enum.GetValues<ReportFormat>())
        {
            Assert.NotEmpty(await _reports.RenderAsync(Id, format, Home.Token));
        }

        Assert.Contains("no route to host", await HtmlAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_outputs_are_cut_and_secrets_masked_even_if_learnt_later()
    {
        await Night.PlayAsync(_home.Store, Id, 1, "echo top-secret-word\n", new string('z', 2_000_000));
        _home.Redactor.Register("top-secret-word");
        var html = await HtmlAsync();
        Assert.InRange(html.Length, 1, 100_000);
        Assert.Contains("more characters", html, StringComparison.Ordinal);
        Assert.DoesNotContain("top-secret-word", html, StringComparison.Ordinal);
        Assert.Contains("echo [redacted:secret]", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_run_gives_the_same_bytes_and_files_where_they_are_looked_for()
    {
        await Night.PlayAsync(_home.Store, Id, 5);
        foreach (var (format, name) in new[] { (ReportFormat.Html, "report.html"), (ReportFormat.Json, "report.json"), (ReportFormat.Markdown, "report.md") })
        {
            var path = await _reports.WriteAsync(Id, format, null, Home.Token);
            Assert.Equal(Path.Combine(_home.Store.FolderOf(Id), name), path);
            Assert.Equal(await _reports.RenderAsync(Id, format, Home.Token), await File.ReadAllBytesAsync(path, Home.Token));
        }
    }

    [Theory]
    [InlineData("a\u001b[1;31mb\u001b[0mc", "abc")]
    [InlineData("a\u001b]8;;http://x\u0007b\u001b]8;;\u001b\\c", "abc")]
    [InlineData("a\u009b31mb\u001bcc", "abc")]
    [InlineData("a\r\nb\rc\0\u0007", "a\nb\nc")]
    [InlineData("a\u001b]unfinished\nb", "a\nb")]
    [InlineData("a\u001b", "a")]
    [InlineData("a\u202Eb\u2066c\uFEFF", "abc")]
    [InlineData("漢字 é 😀\tok", "漢字 é 😀\tok")]
    public void Control_sequences_are_taken_out(string text, string expected) => Assert.Equal(expected, new HostText(new()).Block(text, 1000));

    [Fact]
    public void Halves_of_characters_are_taken_out() => Assert.Equal("ab", new HostText(new()).Block("a" + (char)0xD800 + "b", 1000));

    public void Dispose() => _home.Dispose();

    private async Task<string> HtmlAsync() => Encoding.UTF8.GetString(await _reports.RenderAsync(Id, ReportFormat.Html, Home.Token));

    private static List<string> Tags(string html) => [.. Tag().Matches(html).Select(m => m.Value)];

    private static List<string> Unbalanced(string html)
    {
        var open = new Stack<string>();
        foreach (var match in Tag().Matches(html).Select(m => m.Value).Where(t => !t.StartsWith("<!", StringComparison.Ordinal)))
        {
            var name = TagName().Match(match).Value;
            if (match.StartsWith("</", StringComparison.Ordinal))
            {
                if (open.Count == 0 || open.Pop() != name)
                {
                    return [match];
                }
            }
            else if (name is not ("meta" or "input"))
            {
                open.Push(name);
            }
        }

        return [.. open];
    }

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("[a-z0-9]+")]
    private static partial Regex TagName();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex UnescapedBar();
}
