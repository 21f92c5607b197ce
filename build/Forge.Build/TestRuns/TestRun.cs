namespace Forge.Build.TestRuns;

/// <summary>All tests: each test project as its own program, then Pester; the result files lie in out/tests.</summary>
internal sealed class TestRun(BuildOptions options, Steps steps)
{
    private const string Folder = "out/tests";
    private readonly Dictionary<string, string> _environment = new(new ForgeConsole("out/test-home").Environment)
    {
        ["FORGE_TEST_CONTENT"] = Setup.ContentFolder,
        ["FORGE_EXE"] = Solution.HostFile,
        ["FORGE_MODULE"] = Solution.ModuleFolder,
    };

    /// <summary>Runs and counts them; a project that wrote no result counts as failed.</summary>
    public (int Code, TestCount Count) Run()
    {
        Directory.CreateDirectory(Folder);
        foreach (var old in Directory.EnumerateFiles(Folder))
        {
            File.Delete(old);
        }

        // The libraries that the model's tests run; where npm cannot give them, the tests themselves say so.
        Tool.Run(Solution.HostFile, ["Install-ForgeModelRuntime", "-Confirm:$false"], _environment, quiet: true);
        if (Environment.UserName == "root")
        {
            // The test of the small model's recipe; it says so and is skipped where these are missing.
            Setup.Install("python3-torch", "libopenblas0-pthread");
        }

        Setup.FetchLlamaServer(Path.Combine(_environment["FORGE_CACHE"], "llama-server"));
        var (failed, count) = (false, default(TestCount));
        var projects = Projects();
        foreach (var project in projects)
        {
            failed |= steps.Time(project, () => Run(project)) != 0;
        }

        var pester = new PesterRun(_environment, Path.GetFullPath($"{Folder}/Pester.xml"));
        failed |= steps.Time("Pester", pester.Run) != 0;
        foreach (var project in projects)
        {
            count += Count(project);
        }

        count += pester.Count();
        File.WriteAllText($"{Folder}/closing-line.txt", $"{count}\n");
        return (failed || count.Failed > 0 ? 1 : 0, count);
    }

    private List<string> Projects() => Directory.EnumerateDirectories("tests", "*.Tests").Select(d => Path.GetFileName(d)!).Order()
        .Where(p => !options.Has("--fast") || !IsAcceptance(p)).OrderBy(IsAcceptance).ToList();

    private int Run(string project)
    {
        Steps.Say($"test: {project}");
        var file = Path.GetFullPath($"out/artifacts/bin/{project}/release/{project}");
        string[] filter = options.Value("--filter") is { } name ? ["-class", name] : [];
        return Tool.Run(file, ["-xml", ResultFile(project), "-noLogo", "-noColor", .. filter], _environment);
    }

    private static TestCount Count(string project)
    {
        if (File.Exists(ResultFile(project)))
        {
            return TestCount.OfXunit(ResultFile(project), Console.Out);
        }

        Console.Error.WriteLine($"test: {project} wrote no result; it counts as failed");
        return new TestCount(0, 1, 0);
    }

    private static bool IsAcceptance(string project) => project.Contains("Acceptance", StringComparison.Ordinal);

    private static string ResultFile(string project) => Path.GetFullPath($"{Folder}/{project}.xml");
}
