using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Forge.Build.Labs;

namespace Forge.Build.Benches;

/// <summary>
/// What each source of fixes does by itself on copies of one image, where the vendor's fixes of a fixed half of the rules are withheld as if there were none. None of
/// these rules was trained on: the half is the set that the training keeps out (models/Forge.Hardener.Data, Split).
/// </summary>
internal sealed class ArmsBench : IBench
{
    private const string Folder = $"{BenchList.Folder}/arms";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly (string Name, string[] Parameters)[] Arms =
    [
        ("content only", ["-ExcludeArm", "extractor,small-model"]),
        ("extractor", ["-ExcludeArm", "small-model"]),
        ("small model", ["-ExcludeArm", "extractor"]),
        ("hybrid", []),
    ];

    private readonly ForgeConsole _forge = new($"{Folder}/home");

    public string Name => "arms";

    public string Usage => "[--lab nspawn|qemu] [--distribution NAME] [--profile NAME] [--model NAME] [--only ARM]";

    public string Summary => "content, extractor, small model and both behind the gate, with half of the vendor's fixes withheld; --model NAME adds a model of your own";

    public int Run(BuildOptions options)
    {
        Directory.CreateDirectory(Folder);
        var rules = Rules();
        var withheld = Withheld(rules);
        WriteSkill(withheld);
        Tool.Must(_forge.Run("Install-ForgeModelRuntime", "-Confirm:$false"), "the runtime of models could not be installed");
        Steps.Say($"arms: the content's fixes of {withheld.Count} held-out rules of all data streams are withheld; how many of them fail here each arm says");
        var single = rules.Where(r => withheld.Contains(r.Id) && r.HasAction).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        var file = $"{BenchList.Folder}/arms.json";
        // With --only the figures of the other arms stay as an earlier call left them.
        var all = options.Has("--only") && File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!.AsObject() : [];
        var arms = options.Value("--model") is { } model ? [.. Arms, ("hybrid and " + model, new[] { "-Model", model })] : Arms;
        var chosen = arms.Where(a => options.Value("--only") is not { } only || a.Name == only).ToList();
        Tool.Must(chosen.Count > 0 ? 0 : 1, $"there is no arm '{options.Value("--only")}'; arms are {string.Join(", ", arms.Select(a => a.Name))}");
        foreach (var (name, parameters) in chosen)
        {
            all[name] = Arm(name, parameters, options, withheld, single);
            Console.WriteLine(Line(name, all[name]!));
        }

        File.WriteAllText(file, all.ToJsonString(Indented));
        Console.WriteLine();
        foreach (var (name, figures) in all)
        {
            Console.WriteLine(Line(name, figures!));
        }

        return 0;
    }

    private static string Line(string name, JsonNode f) => string.Create(CultureInfo.InvariantCulture,
        $"{name,-14} withheld and failing {f["failing"]}, fixed {f["fixed"]}; with one typed action {f["single"]}, fixed {f["singleFixed"]} ({f["singleInterval"] ?? "-"}); tried {f["tried"]}, fixed of these {f["triedFixed"]}, attempts {f["attempts"]}, "
        + $"taken back {f["reverted"]}; by {string.Join(", ", f["byArm"]!.AsObject().Select(a => $"{a.Key} {a.Value}"))}; regressions by Forge's last scan {f["regressions"]}, false successes by an independent one {f["falseSuccesses"]}; failing in all {f["before"]} to {f["after"]}; {f["seconds"]} s, of them models {f["split"]!["model"]} s, {f["tokens"] ?? "-"} tokens of models");

    /// <summary>The rules of the data streams, as the training sees them.</summary>
    private static List<(string Id, bool IsHeldOut, bool HasAction)> Rules()
    {
        var file = Hardener.Export();
        return [.. File.ReadLines(file).Select(l => JsonNode.Parse(l)!)
            .GroupBy(r => r["id"]!.GetValue<string>(), StringComparer.Ordinal)
            .Select(g => (g.Key, g.First()["set"]!.GetValue<string>() is "test" or "final", g.Any(r => r["action"] is not null && r["streams"]!.AsArray().Any(s => s!.GetValue<string>().StartsWith("debian", StringComparison.Ordinal)))))];
    }

    private static HashSet<string> Withheld(List<(string Id, bool IsHeldOut, bool HasAction)> rules) =>
        [.. rules.Where(r => r.IsHeldOut).Select(r => r.Id)];

    /// <summary>The skill with the ids whose fixes are withheld, before the module's own in the search.</summary>
    private void WriteSkill(IReadOnlySet<string> withheld)
    {
        var home = Path.Combine(_forge.Environment["FORGE_HOME"], "skills");
        if (Directory.Exists(home))
        {
            Directory.Delete(home, recursive: true);
        }

        foreach (var source in Directory.EnumerateFiles("skills", "*", SearchOption.AllDirectories))
        {
            var file = Path.Combine(home, Path.GetRelativePath("skills", source));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.Copy(source, file);
        }

        var manifest = Path.Combine(home, "stig", "skill.yaml");
        var text = File.ReadAllText(manifest);
        File.WriteAllText(manifest, text.Replace("\nsettings:\n", $"\nsettings:\n  withhold: [{string.Join(", ", withheld.Order(StringComparer.Ordinal))}]\n", StringComparison.Ordinal));
    }

    /// <summary>Items of which a change was taken back, by the journal of the run.</summary>
    private HashSet<string> Undone(string run) =>
        [.. File.ReadLines(Path.Combine(_forge.Environment["FORGE_HOME"], "runs", run, "events.jsonl")).Select(l => JsonNode.Parse(l)!["event"]!)
            .Where(e => e["type"]!.GetValue<string>() == "undo.ended" && e["item"] is not null).Select(e => e["item"]!.GetValue<string>())];

    // Wilson, 95 %, as Forge.Core has it; the build knows none of Forge's assemblies.
    private static string WilsonText(int count, int of)
    {
        if (of == 0)
        {
            return "-";
        }

        const double z = 1.959964;
        var (p, square) = ((double)count / of, z * z);
        var middle = (p + (square / (2 * of))) / (1 + (square / of));
        var half = z * Math.Sqrt((p * (1 - p) / of) + (square / (4.0 * of * of))) / (1 + (square / of));
        return string.Create(CultureInfo.InvariantCulture, $"{100 * p:0.0} %, {100 * (middle - half):0.0} to {100 * (middle + half):0.0}");
    }

    private JsonObject Arm(string name, string[] parameters, BuildOptions options, HashSet<string> withheld, HashSet<string> single)
    {
        var slug = name.Replace(' ', '-');
        using var lab = new LabSession(_forge, $"arm-{slug}-{Environment.ProcessId}", options);
        var job = new MainJob(_forge, $"{Folder}/{slug}");
        lab.Start();
        Steps.Say($"arms: {name}, Invoke-ForgeTask {string.Join(' ', parameters)}".TrimEnd());
        var code = job.Run(lab, options, parameters);
        Tool.Must(code is 0 or 3 ? 0 : code, $"the run of the arm {name} ended with {code}");
        job.Report();
        var scan = IndependentScan.Of(lab.Address, Baseline.Of(options), $"{Folder}/{slug}.xml");
        var figures = job.Figures;
        var items = figures["items"]!.AsArray().Where(i => withheld.Contains(i!["id"]!.GetValue<string>())).ToList();
        bool IsFixed(string id) => scan.Verdicts.GetValueOrDefault(id) is "pass";
        var ids = items.Select(i => i!["id"]!.GetValue<string>()).ToList();
        var undone = Undone(figures["run"]!.GetValue<string>());
        var singles = ids.Where(single.Contains).ToList();
        var tried = items.Where(i => i!["attempts"]!.GetValue<int>() > 0).ToList();
        return new JsonObject
        {
            ["failing"] = ids.Count, ["fixed"] = ids.Count(IsFixed), ["single"] = singles.Count, ["singleFixed"] = singles.Count(IsFixed), ["singleInterval"] = WilsonText(singles.Count(IsFixed), singles.Count),
            ["tried"] = tried.Count, ["triedFixed"] = tried.Count(i => IsFixed(i!["id"]!.GetValue<string>())),
            ["attempts"] = items.Sum(i => i!["attempts"]!.GetValue<int>()), ["reverted"] = ids.Count(undone.Contains),
            ["regressions"] = figures["regressions"]!.AsArray().Count, ["falseSuccesses"] = job.Compare(scan).Wrong.Count,
            ["before"] = figures["before"]!["fail"]!.GetValue<int>(), ["after"] = scan.Count("fail"), ["tokens"] = figures["modelTokens"]!.GetValue<long>(), ["seconds"] = Math.Round(figures["wallSeconds"]!.GetValue<double>(), 1),
            ["split"] = figures["split"]!.DeepClone(),
            ["byArm"] = new JsonObject(items.Where(i => i!["outcome"]!.GetValue<string>() == "remediated").GroupBy(i => i!["arm"]!.GetValue<string>(), StringComparer.Ordinal)
                .Select(g => KeyValuePair.Create(g.Key, (JsonNode?)JsonValue.Create(g.Count())))),
            ["left"] = new JsonArray([.. singles.Where(i => !IsFixed(i)).Select(i => (JsonNode)JsonValue.Create(i)!)]),
        };
    }
}
