using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Forge.Core.Proposals;
using Forge.Hardener.Data;
using Forge.Scap.Export;

namespace Forge.Hardener.Data.Tests;

/// <summary>The recipe of the small model in short: from the export of one data stream to answers that are the same in PyTorch and in llama.cpp.</summary>
public sealed class RecipeTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("forge-recipe").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private const string Python = "/usr/bin/python3";
    private static readonly string Cores = Math.Min(4, Environment.ProcessorCount).ToString(CultureInfo.InvariantCulture);
    private static readonly string Recipe = Path.Combine(Root(), "models/forge-hardener/recipe");

    [Fact]
    public async Task A_training_that_is_killed_goes_on_learns_and_says_the_same_in_llama_cpp()
    {
        var runtimes = Path.Combine(Environment.GetEnvironmentVariable("FORGE_CACHE") ?? "", "model-runtime");
        var forge = Environment.GetEnvironmentVariable("FORGE_EXE") ?? "";
        Assert.SkipUnless(Run("-c", "import torch").Code == 0, "PyTorch is missing: apt-get install python3-torch libopenblas0-pthread");
        Assert.SkipUnless(Directory.Exists(runtimes) && File.Exists(forge), "the runtime of models is missing: forge Install-ForgeModelRuntime (FORGE_CACHE, FORGE_EXE)");
        var folder = _folder;
        var rules = ExportOf(folder, "debian12");
        string[] train = [$"{Recipe}/train.py", "--data", rules, "--out", folder, "--short", "--every", "50", "--threads", Cores];

        using (var killed = Start(train))
        {
            try
            {
                var (log, limit) = (Path.Combine(folder, "log.jsonl"), Stopwatch.StartNew());
                while (!killed.HasExited && !(File.Exists(log) && File.ReadAllLines(log).Length > 1))
                {
                    Assert.True(limit.Elapsed < TimeSpan.FromMinutes(15), "a hundred steps were not made in 15 minutes");
                    await Task.Delay(100, TestContext.Current.CancellationToken);
                }

                Assert.False(killed.HasExited, "it ended before it could be killed");
            }
            finally
            {
                killed.Kill();
                await killed.WaitForExitAsync(CancellationToken.None);
            }
        }

        var resumed = Run(train);
        output.WriteLine(resumed.Output);
        Assert.Equal(0, resumed.Code);
        Assert.Contains("goes on at step ", resumed.Output, StringComparison.Ordinal);
        Assert.Contains("\"steps\": 640", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(0, LeakageCheck.Run(Path.Combine(folder, "train.jsonl"), Path.Combine(folder, "held.jsonl"), TextWriter.Null));

        var answers = Path.Combine(folder, "answers.jsonl");
        var said = Run($"{Recipe}/answers.py", "--data", rules, "--out", folder, "--count", "40", "--to", answers);
        Assert.True(said.Code == 0, said.Output);
        await using var client = OpenModel.Of(Path.Combine(folder, "forge-hardener.gguf"), forge, runtimes);
        var report = new StringWriter();
        var same = await SameAnswers.RunAsync(answers, client, report, TestContext.Current.CancellationToken);
        output.WriteLine(report.ToString());
        Assert.True(same == 0, report.ToString());
        Assert.Contains(" of 40 greedy answers are the same", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Forge_shows_the_model_what_the_recipe_trained_it_on()
    {
        var folder = _folder;
        var rules = File.ReadLines(ExportOf(folder, "debian12")).Select(l => JsonSerializer.Deserialize<ExportedRule>(l)!).ToList();
        rules.Add(rules[0] with { Title = "it's `odd` \t x ", Description = " \n\n a  b \r\n'c'\n" + new string('é', 2000) });
        var asked = Path.Combine(folder, "asked.jsonl");
        File.WriteAllLines(asked, rules.Select(r => new JsonObject { ["title"] = r.Title, ["body"] = r.Description }.ToJsonString()));
        var said = Run("-c", $"import sys,json; sys.path.insert(0,{JsonSerializer.Serialize(Recipe)}); import wordings\nfor l in open({JsonSerializer.Serialize(asked)},encoding='utf-8'):\n r=json.loads(l); print(json.dumps(wordings.prompt(r['title'],r['body'])))");
        Assert.SkipWhen(said.Code == 127, "Debian's python3 is missing");
        Assert.True(said.Code == 0, said.Output);
        Assert.Equal(rules.Select(r => HardenerPrompt.Of(new RuleText(r.Title, r.Description, []))), said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<string>(l)!));
    }

    private static string ExportOf(string folder, string product)
    {
        var content = Environment.GetEnvironmentVariable("FORGE_TEST_CONTENT") ?? "";
        var stream = Path.Combine(content, $"ssg-{product}-ds.xml");
        Assert.SkipUnless(File.Exists(stream), "no SCAP content here (FORGE_TEST_CONTENT)");
        var one = Directory.CreateDirectory(Path.Combine(folder, "content")).FullName;
        File.CreateSymbolicLink(Path.Combine(one, Path.GetFileName(stream)), Path.GetFullPath(stream));
        var rules = Path.Combine(folder, "rules.jsonl");
        using var file = File.Create(rules);
        RuleExport.Write(RuleExport.Read(one, _ => { }), file);
        return rules;
    }

    private static (int Code, string Output) Run(params string[] arguments)
    {
        if (!File.Exists(Python))
        {
            return (127, "");
        }

        using var process = Start(arguments);
        var text = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text.Result + error);
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["OMP_NUM_THREADS"] = Cores;
        return Process.Start(start)!;
    }

    private static string Root()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "build.cs")))
        {
            at = Path.GetDirectoryName(at)!;
        }

        return at;
    }
}
