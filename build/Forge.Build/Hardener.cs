namespace Forge.Build;

/// <summary>The small model from its data to its folder: export, check for leaks, training, the same answers as PyTorch, the exam.</summary>
/// <param name="options">--steps N, --into DIR, --from DIR with --parent FOLDER, --short, --final.</param>
/// <param name="steps">Times the parts.</param>
internal sealed class Hardener(BuildOptions options, Steps steps)
{
    private const string Work = "out/hardener";
    private const string Recipe = "models/forge-hardener/recipe";

    // Debian's, which has Debian's PyTorch; another python3 may stand before it on PATH.
    private const string Python = "/usr/bin/python3";

    private readonly ForgeConsole _forge = new("out/home");

    private static string DataTool => Path.GetFullPath("out/artifacts/bin/Forge.Hardener.Data/release/Forge.Hardener.Data");

    /// <summary>Where the export of all rules lies after <see cref="Export"/>.</summary>
    public static string RulesFile => Path.GetFullPath($"{Work}/rules.jsonl");

    /// <summary>Writes the rules of all data streams, as the training sees them.</summary>
    /// <exception cref="BuildException">They cannot be read.</exception>
    public static string Export()
    {
        Directory.CreateDirectory(Work);
        Steps.Say("hardener: exporting the rules of all data streams");
        Tool.Must(Tool.Run(DataTool, ["export", "--content", Setup.ContentFolder, "--out", RulesFile], quiet: true), "the rules could not be exported, see above");
        return RulesFile;
    }

    /// <summary>Trains, or goes on with a training that was broken off.</summary>
    /// <returns>0; a part that fails ends it with an error.</returns>
    /// <exception cref="BuildException">A part failed.</exception>
    public int Train()
    {
        steps.Time("setup", () => Setup.Install("python3-torch", "libopenblas0-pthread"));
        var isShort = options.Has("--short");
        var folder = Path.GetFullPath($"{Work}/{(isShort ? "short" : options.Has("--from") ? "tuned" : "trained")}");
        var rules = steps.Time("export", Export);
        string[] own = options.Value("--from") is { } from ? ["--own", Path.GetFullPath(Path.Combine(from, "preferences.jsonl"))] : [];
        string[] more = own.Length > 0 ? [.. own, "--parent", Parent()] : [];
        string[] shape = isShort ? ["--short"] : ["--steps", options.Value("--steps") ?? (options.Has("--from") ? "300" : "2800")];
        string[] how = ["--command", $"dotnet run build.cs -- train {string.Join(' ', options.Words)}".TrimEnd()];
        Py("train.py", ["--data", rules, "--out", folder, "--prepare", .. own]);
        steps.Time("leak check", () => Tool.Must(Tool.Run(DataTool, ["check", "--train", $"{folder}/train.jsonl", "--held", $"{folder}/held.jsonl"]), "a held-out text is in the training data"));
        steps.Time("training", () => Py("train.py", ["--data", rules, "--out", folder, "--threads", Threads, .. shape, .. more, .. how]));
        var runtimes = Path.Combine(_forge.Environment["FORGE_CACHE"], "model-runtime");
        steps.Time("runtime", () => Tool.Must(_forge.Run("Install-ForgeModelRuntime", "-Confirm:$false"), "the runtime of models could not be installed"));
        steps.Time("same answers", () =>
        {
            Py("answers.py", ["--data", rules, "--out", folder, "--count", isShort ? "40" : "200", "--to", $"{folder}/answers.jsonl"]);
            Tool.Must(Tool.Run(DataTool, ["same", "--answers", $"{folder}/answers.jsonl", "--model", $"{folder}/forge-hardener.gguf", "--forge", Solution.HostFile, "--runtimes", runtimes]), "llama.cpp answers otherwise than PyTorch");
        });
        var into = Path.GetFullPath(options.Value("--into") ?? $"{Work}/{(isShort ? "forge-hardener-short" : options.Has("--from") ? "forge-hardener-own" : "forge-hardener")}");
        string[] final = options.Has("--final") ? ["--final"] : [];
        string[] after = own.Length > 0 ? ["--parent", Path.GetDirectoryName(Parent())!] : [];
        steps.Time("exam", () => Tool.Must(
            Tool.Run(DataTool, ["exam", "--rules", RulesFile, "--trained", folder, "--skill", Path.GetFullPath("skills/stig"), "--forge", Solution.HostFile, "--runtimes", runtimes, "--into", into, .. after, .. final]), "the exam could not be held"));
        Console.WriteLine($"Model: {into}\nFigures: {folder}/exam.txt");
        return 0;
    }

    /// <summary>The GGUF file that a fine-tune begins with.</summary>
    private string Parent()
    {
        var parent = options.Value("--parent") ?? "forge-hardener";
        var folder = parent == "forge-hardener" ? "models/forge-hardener" : parent;
        var file = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.gguf").Order(StringComparer.Ordinal).FirstOrDefault() : null;
        return Path.GetFullPath(file ?? throw new BuildException($"there is no hardening model in {folder}\n  next: give the folder of one with --parent (Get-ForgeModel lists them)"));
    }

    private string Threads => options.Value("--threads") ?? Environment.ProcessorCount.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void Py(string script, string[] arguments) => Tool.Must(
        Tool.Run(Python, [$"{Recipe}/{script}", .. arguments], new Dictionary<string, string> { ["PYTHONDONTWRITEBYTECODE"] = "1" }), $"{script} failed, see above");
}
