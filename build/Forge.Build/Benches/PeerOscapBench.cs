using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Forge.Build.Labs;

namespace Forge.Build.Benches;

/// <summary>What people do today (oscap --remediate, reboot, again, reboot, scan) and Forge, on copies of one image; with --decisions Forge once more with all that can be decided.</summary>
internal sealed class PeerOscapBench : IBench
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly ForgeConsole _forge = new("out/home");

    public string Name => "peer-oscap";

    public string Usage => "[--lab nspawn|qemu] [--distribution NAME] [--profile NAME] [--decisions|--decision FILE] [--only peer|forge|decisions]";

    public string Summary => "what people do today (oscap --remediate, reboot, again) beside Forge, on copies of one image";

    public int Run(BuildOptions options)
    {
        Directory.CreateDirectory(BenchList.Folder);
        var parts = new Dictionary<string, Func<JsonObject>>
        {
            ["peer"] = () => Peer(options),
            ["forge"] = () => Forge(options),
        };
        if (options.Has("--decisions") || options.Has("--decision"))
        {
            parts["decisions"] = () => Decided(options);
        }

        var only = options.Value("--only");
        if (only is not null && !parts.ContainsKey(only))
        {
            throw new BuildException($"--only {only} is none of {string.Join(", ", parts.Keys)}{(only == "decisions" ? ": give --decisions too" : "")}");
        }

        var file = $"{BenchList.Folder}/peer-oscap.json";
        // With --only the figures of the others stay as an earlier call left them.
        var all = only is not null && File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!.AsObject() : [];
        foreach (var (name, part) in parts.Where(p => only is null || p.Key == only))
        {
            // One part alone takes an hour where there is no KVM: each is on the disk as soon as it is known.
            using var pace = PaceMeter.Start();
            var figures = part();
            figures["paceMs"] = pace.End();
            all[name] = figures;
            File.WriteAllText(file, all.ToJsonString(Indented));
        }

        foreach (var (name, figures) in all)
        {
            Console.WriteLine(Line(name, figures!));
        }

        if (all["peer"] is { } peer && all["forge"] is { } forge)
        {
            Console.WriteLine(Comparison(peer, forge));
        }

        return 0;
    }

    private static string Comparison(JsonNode peer, JsonNode forge)
    {
        var ratio = (double)forge["wallSeconds"]! / (double)peer["wallSeconds"]!;
        return FormattableString.Invariant($"Forge took {ratio:0.000} of the peer's wall time. ") + (peer["paceMs"] is { } then && forge["paceMs"] is { } now
            ? FormattableString.Invariant($"The same small work took {then} ms of processor time beside the peer and {now} ms beside Forge: {ratio * (double)then / (double)now:0.000} at one pace.")
            : "The machine's pace was not measured in both.");
    }

    private static string Line(string name, JsonNode figures)
    {
        var (failing, passing) = ((int)figures["after"]!["fail"]!, (int)figures["after"]!["pass"]!);
        var lost = string.Join(' ', figures["servicesLost"]!.AsArray().Select(s => s!.ToString()));
        return $"{name,-20} failing before {figures["before"]!["fail"]}, after {failing} of {failing + passing}; regressions {figures["regressions"]!.AsArray().Count}, "
            + $"false successes {figures["falseSuccesses"]?.ToString() ?? "-"}; {figures["wallSeconds"]} s; a fresh login and sudo work: {figures["access"]}; services lost: {(lost.Length > 0 ? lost : "none")}";
    }

    private JsonObject Peer(BuildOptions options)
    {
        using var lab = new LabSession(_forge, $"peer-{Environment.ProcessId}", options);
        lab.Start();
        lab.SetNoon();
        var services = lab.RunningServices();
        var clock = Stopwatch.StartNew();
        lab.InstallScanner();
        var before = IndependentScan.Of(lab.Address, Baseline.Of(options), $"{BenchList.Folder}/peer-before.xml");
        for (var pass = 1; pass <= 2; pass++)
        {
            Steps.Say($"peer: pass {pass}, oscap xccdf eval --remediate");
            lab.Address.Ssh($"sudo -S -p '' oscap xccdf eval --remediate --profile {Baseline.Of(options).Profile} --results /var/tmp/peer.xml {IndependentScan.RemoteContent}");
            Steps.Say("peer: reboot");
            lab.Reboot();
        }

        var after = IndependentScan.Of(lab.Address, Baseline.Of(options), $"{BenchList.Folder}/peer-after.xml");
        var seconds = Math.Round(clock.Elapsed.TotalSeconds, 1);
        var regressions = before.Verdicts.Where(b => b.Value == "pass" && after.Verdicts.GetValueOrDefault(b.Key) == "fail");
        var figures = new JsonObject
        {
            ["before"] = before.Counts, ["after"] = after.Counts, ["wallSeconds"] = seconds,
            ["regressions"] = new JsonArray([.. regressions.Select(b => (JsonNode)new JsonObject { ["id"] = b.Key })]),
            ["failing"] = new JsonArray([.. after.Verdicts.Where(a => a.Value == "fail").Select(a => (JsonNode)JsonValue.Create(a.Key)!)]),
        };
        AddState(figures, lab, services);
        return figures;
    }

    private JsonObject Forge(BuildOptions options)
    {
        using var lab = new LabSession(_forge, $"forge-{Environment.ProcessId}", options);
        lab.Start();
        lab.SetNoon();
        return Forge(options, lab, "forge");
    }

    /// <summary>The same with a decision file: the user's, or one with all that such a machine can be given, down to a log host that listens.</summary>
    private JsonObject Decided(BuildOptions options)
    {
        const string Name = "decisions";
        using var lab = new LabSession(_forge, $"decided-{Environment.ProcessId}", options);
        lab.Start();
        lab.SetNoon();
        if (options.Value("--decision") is { } file)
        {
            return Forge(options, lab, Name, "-Decision", Path.GetFullPath(file));
        }

        var hasOwnKernel = options.Value("--lab") == "qemu";
        using var logHost = hasOwnKernel ? new LogHost($"{BenchList.Folder}/log-host") : null;
        logHost?.Equip(lab.Address);
        var figures = Forge(options, lab, Name, "-Decision", BenchDecisions.Write($"{BenchList.Folder}/decisions.yaml", lab.Address, hasOwnKernel));
        figures["logHostReceived"] = logHost?.HasReceived;
        return figures;
    }

    private JsonObject Forge(BuildOptions options, LabSession lab, string name, params string[] more)
    {
        var job = new MainJob(_forge, $"{BenchList.Folder}/{name}");
        var services = lab.RunningServices();
        Steps.Say($"{name}: Invoke-ForgeTask {string.Join(' ', more)}".TrimEnd());
        var code = job.Run(lab, options, more);
        Tool.Must(code is 0 or 3 or 4 ? 0 : code, $"the run of {name} ended with {code}");
        job.Report();
        var figures = (JsonObject)job.Figures;
        var scan = IndependentScan.Of(lab.Address, Baseline.Of(options), $"{BenchList.Folder}/{name}-after.xml");
        figures["falseSuccesses"] = job.Compare(scan).Wrong.Count;
        figures["failing"] = new JsonArray([.. scan.Verdicts.Where(a => a.Value == "fail").Select(a => (JsonNode)JsonValue.Create(a.Key)!)]);
        AddState(figures, lab, services);
        return figures;
    }

    /// <summary>Whether a fresh login and sudo work, and which services that ran before do not.</summary>
    private static void AddState(JsonObject figures, LabSession lab, IReadOnlyList<string> before)
    {
        figures["access"] = lab.Address.Ssh("sudo -S -p '' true").Code == 0;
        figures["servicesLost"] = new JsonArray([.. before.Except(lab.RunningServices()).Select(s => (JsonNode)JsonValue.Create(s)!)]);
    }
}
