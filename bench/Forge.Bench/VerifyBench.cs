using System.Diagnostics;
using System.Text.Json;
using Forge.Core.Evaluation;
using Forge.Scap.Engine;

namespace Forge.Bench;

/// <summary>
/// Verification of one rule: Forge's slim stream against <c>oscap xccdf eval --rule</c> on the full one, through the same connection, as pairs. And the
/// verdict of every rule by itself with its slim stream against the verdict of the whole scan.
/// </summary>
/// <param name="machine">The machine.</param>
internal sealed class VerifyBench(BenchMachine machine)
{
    private const int Timed = 21;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Runs it and writes the figures of docs: rules, disagreements, fullSeconds, slimSeconds, speedup.</summary>
    /// <returns>0 where all verdicts agree, else 1.</returns>
    public async Task<int> RunAsync(IReadOnlyList<ProfileToVerify> profiles, string file)
    {
        var folder = Directory.CreateTempSubdirectory("forge-bench-");
        var (rules, different, full, slim) = (0, new List<string>(), new List<double>(), new List<double>());
        try
        {
            foreach (var profile in profiles)
            {
                var content = profile.Prepare(folder.FullName);
                var seen = await CompareAsync(profile, content);
                rules += seen.Rules;
                different.AddRange(seen.Different);
                if (!profile.Everywhere)
                {
                    await TimeAsync(profile, content, full, slim);
                }
            }
        }
        finally
        {
            folder.Delete(true);
        }

        var (fullMedian, slimMedian) = (Median(full), Median(slim));
        var figures = new { rules, disagreements = different.Count, fullSeconds = fullMedian, slimSeconds = slimMedian, speedup = Math.Round(fullMedian / slimMedian, 1), different };
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(figures, Indented));
        Console.WriteLine($"verify: {rules} rules, {different.Count} disagreements; one rule, median of {full.Count} pairs: full stream {fullMedian:0.000} s, slim {slimMedian:0.000} s, {fullMedian / slimMedian:0.0} times faster");
        return different.Count == 0 ? 0 : 1;
    }

    private async Task<(int Rules, List<string> Different)> CompareAsync(ProfileToVerify profile, string content)
    {
        var engine = new XccdfEngine();
        var session = machine.Session(engine, content, profile.Profile);
        var clock = Stopwatch.StartNew();
        var scan = await engine.Scanner.ScanAsync(session, machine.Target, CancellationToken.None);
        var scanned = clock.Elapsed;
        var (different, whole) = (new List<string>(), 0);
        foreach (var (id, verdict) in scan.Verdicts)
        {
            var alone = await engine.Evaluator.EvaluateAsync(session, [id], machine.Target, CancellationToken.None);
            whole += alone.Method.StartsWith("full", StringComparison.Ordinal) ? 1 : 0;
            if (alone.Verdicts[id].Kind != verdict.Kind)
            {
                different.Add($"{profile} {id}: scan {verdict.Kind}, alone {alone.Verdicts[id].Kind} ({alone.Method})");
            }
        }

        Console.WriteLine($"verify: {profile}{(profile.Everywhere ? " (without its platforms)" : "")}: {scan.Verdicts.Count} rules alone in {(clock.Elapsed - scanned).TotalSeconds:0} s after a scan of "
            + $"{scanned.TotalSeconds:0} s; {scan.Count(VerdictKind.Pass)} pass, {scan.Count(VerdictKind.Fail)} fail, {scan.Count(VerdictKind.NotApplicable)} not applicable; {whole} with the full stream; {different.Count} disagreements");
        different.ForEach(d => Console.WriteLine($"  {d}"));
        return (scan.Verdicts.Count, different);
    }

    private async Task TimeAsync(ProfileToVerify profile, string content, List<double> full, List<double> slim)
    {
        var engine = new XccdfEngine();
        var session = machine.Session(engine, content, profile.Profile);
        var scan = await engine.Scanner.ScanAsync(session, machine.Target, CancellationToken.None);
        var applicable = scan.Verdicts.Where(v => v.Value.Kind is VerdictKind.Pass or VerdictKind.Fail).Select(v => v.Key).ToList();
        var prefix = session.Skill.Settings["idPrefix"][0];
        var path = $"{session.RemoteFolder}/content.xml";
        await using (var stream = File.OpenRead(content))
        {
            await machine.RunAsync($"mkdir -p -m 700 {session.RemoteFolder} && chown $SUDO_USER {session.RemoteFolder}");
            await machine.Target.UploadAsync(new Core.Targets.FileUpload(path, stream), CancellationToken.None);
        }

        foreach (var id in applicable.Where((_, i) => i % Math.Max(1, applicable.Count / Timed) == 0).Take(Timed))
        {
            // In pairs, so that a change of the machine's load meets both.
            var clock = Stopwatch.StartNew();
            await machine.RunAsync($"oscap xccdf eval --profile {profile.Profile} --rule {prefix}{id} --results /var/tmp/bench-results.xml {path} >/dev/null 2>&1; gzip -c /var/tmp/bench-results.xml | base64; rm -f /var/tmp/bench-results.xml");
            full.Add(clock.Elapsed.TotalSeconds);
            clock.Restart();
            await engine.Evaluator.EvaluateAsync(session, [id], machine.Target, CancellationToken.None);
            slim.Add(clock.Elapsed.TotalSeconds);
        }
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
