using Forge.Core.Errors;
using Forge.Core.Evaluation;
using Forge.Core.Skills;
using Forge.Core.Targets;
using Forge.Scap.Results;

namespace Forge.Scap.Engine;

/// <summary>Scans a target whole with the full data stream, validated against its schemas by the scanner.</summary>
internal sealed class XccdfScanner(SessionContent contents, XccdfEvaluator evaluator, TimeProvider clock) : IScanner
{
    private const string Skips = "skips-rules";

    private static readonly string[] Tools = ["gzip", "base64", "timeout", "mktemp", "nice", "sha256sum"];

    public async Task<string?> FindMissingAsync(SkillSession session, ITarget verifier, CancellationToken cancellationToken)
    {
        // The content belongs to what a scan needs; steps without a connection (fixes, plans) find it in the session from here on.
        var content = await contents.EnsureAsync(session, verifier, cancellationToken);
        var scanner = RemoteText.Quote(EngineSettings.Of(session.Skill).Scanner);
        var script = $"for tool in {scanner} {string.Join(' ', Tools)}; do\n  command -v \"$tool\" > /dev/null 2>&1 || echo \"missing $tool\"\ndone\n"
            + $"{scanner} xccdf eval --help 2>&1 | grep -q -e --skip-rule && echo {Skips}\n{scanner} --version 2> /dev/null | head -n 1\nexit 0\n";
        var result = await verifier.RunAsync(new CommandRequest { Script = script }, cancellationToken);
        if (!result.Succeeded)
        {
            throw RemoteFailure.Of(verifier, "look for the scanner", result);
        }

        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var missing = lines.Where(l => l.StartsWith("missing ", StringComparison.Ordinal)).Select(l => l["missing ".Length..]).ToList();
        if (missing.Count > 0)
        {
            return $"{string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} not installed";
        }

        content.Scanner = new ScannerVersion(lines.FirstOrDefault(l => l != Skips) ?? "", lines.Contains(Skips));
        return null;
    }

    public async Task<ScanReport> ScanAsync(SkillSession session, ITarget verifier, CancellationToken cancellationToken)
    {
        var content = await contents.EnsureAsync(session, verifier, cancellationToken);
        var profile = content.Profile;
        var call = new ScannerCall
        {
            Scanner = content.Settings.Scanner,
            PathOnTarget = await SessionContent.PathOnTargetAsync(content, session, verifier, cancellationToken),
            Tailoring = profile.Tailoring is { } tailoring ? await File.ReadAllBytesAsync(tailoring.File, cancellationToken) : null,
            ProfileId = profile.Id == Profiles.ProfileResolver.DefaultProfileId ? null : profile.Id,
            Limit = content.Settings.ScanLimit,
        };
        var (output, beside) = await RunAsync(session, content, call, verifier, cancellationToken);
        content.Touches ??= FindingMaker.Touches(content);
        var results = profile.Rules.ToDictionary(
            r => content.ShortId(r.Rule.Id),
            r => beside.Results.GetValueOrDefault(content.ShortId(r.Rule.Id)) ?? output.Results.ByRule.GetValueOrDefault(r.Rule.Id) ?? throw Incomplete(r.Rule.Id, verifier));
        var again = await AskAgainAsync(session, results, verifier, cancellationToken);
        var verdicts = new Dictionary<string, Verdict>();
        var findings = new List<Core.Findings.Finding>();
        foreach (var selected in profile.Rules)
        {
            var id = content.ShortId(selected.Rule.Id);
            var result = again.Results.GetValueOrDefault(id) ?? results[id];
            var verdict = FindingMaker.Verdict(id, result);
            verdicts.Add(verdict.ItemId, verdict);
            if (verdict.Kind == VerdictKind.Fail)
            {
                findings.Add(FindingMaker.Finding(session, content, selected, result, clock.GetUtcNow()));
            }
        }

        return new ScanReport
        {
            Verdicts = verdicts,
            Findings = findings,
            Provenance = Provenance(content, [.. output.Repeated, .. again.Results.Keys.Select(id => $"{id}: error in the whole scan, checked again by itself")], output.Results.TestSystem, session),
            Touches = content.Touches,
            Demands = content.Demands ??= FindingMaker.Demands(content),
            RawResult = await session.Blobs.PutAsync((byte[])[.. output.Packed, .. beside.Raw, .. again.Raw], cancellationToken),
            Elapsed = beside.Elapsed + again.Elapsed,
        };
    }

    /// <summary>What the scanner could not evaluate within the whole scan, once more by itself: a probe that was in its own way is no verdict.</summary>
    private async Task<CheckedRules> AskAgainAsync(SkillSession session, Dictionary<string, RuleResult> results, ITarget verifier, CancellationToken cancellationToken)
    {
        string[] doubtful = [.. results.Where(r => FindingMaker.Verdict(r.Key, r.Value).Kind == VerdictKind.Error).Select(r => r.Key)];
        return doubtful.Length == 0 ? CheckedRules.None : await evaluator.CheckAsync(session, doubtful, verifier, cancellationToken);
    }

    /// <summary>The profile with the full stream and, on more than one processor, its searches through file systems beside it.</summary>
    private async Task<(ScannerOutput Output, CheckedRules Beside)> RunAsync(
        SkillSession session, PreparedContent content, ScannerCall call, ITarget verifier, CancellationToken cancellationToken)
    {
        var walkers = content.Scanner is { SkipsRules: true } ? Lanes.WalkersAmong(session, content, [.. content.Profile.Rules.Select(r => r.Rule.Id)]) : [];
        var start = clock.GetTimestamp();
        ScannerOutput? output = null;
        Func<CancellationToken, Task<CheckedRules>> rest = async token =>
        {
            output = await ScannerRunner.RunAsync(call with { SkippedRuleIds = walkers }, verifier, token);
            return CheckedRules.None;
        };
        var parts = await Lanes.RunAsync(
            session, [rest, .. walkers.Select(w => (Func<CancellationToken, Task<CheckedRules>>)(token => evaluator.CheckAsync(session, [content.ShortId(w)], verifier, token)))], cancellationToken);
        return (output!, CheckedRules.Of(parts, clock.GetElapsedTime(start)));
    }

    public async Task<ScanReport> ReviewAsync(SkillSession session, IReadOnlyList<string> itemIds, ITarget verifier, CancellationToken cancellationToken)
    {
        var seen = await evaluator.CheckAsync(session, itemIds, verifier, cancellationToken);
        var content = contents.Required(session);
        content.Touches ??= FindingMaker.Touches(content);
        var verdicts = seen.Results.ToDictionary(r => r.Key, r => FindingMaker.Verdict(r.Key, r.Value));
        return new ScanReport
        {
            Verdicts = verdicts,
            Findings = [.. content.Profile.Rules
                .Where(r => verdicts.GetValueOrDefault(content.ShortId(r.Rule.Id))?.Kind == VerdictKind.Fail)
                .Select(r => FindingMaker.Finding(session, content, r, seen.Results[content.ShortId(r.Rule.Id)], clock.GetUtcNow()))],
            Provenance = new Dictionary<string, string> { ["method"] = seen.Method },
            Touches = content.Touches,
            Demands = content.Demands ??= FindingMaker.Demands(content),
            RawResult = await session.Blobs.PutAsync(seen.Raw, cancellationToken),
            Elapsed = seen.Elapsed,
        };
    }

    private static ScannerException Incomplete(string rule, ITarget verifier) => new(
        ForgeErrorKind.Corrupt, $"The scanner's result on {verifier.Description.Name} has no entry for rule '{rule}'.", verifier.Description.Name);

    private static Dictionary<string, string> Provenance(PreparedContent content, IReadOnlyList<string> repeated, string system, SkillSession session) => new()
    {
        ["content"] = content.PathOnTarget is { } path ? $"{session.Target.Name}:{path}" : content.Loaded.Path,
        ["contentSha256"] = content.Loaded.Sha256,
        ["benchmark"] = content.Loaded.Benchmark.Id,
        ["benchmarkVersion"] = content.Loaded.Benchmark.Version,
        ["profile"] = content.Profile.Id,
        ["profileTitle"] = content.Profile.Title,
        ["tailoring"] = content.Profile.Tailoring?.File ?? "",
        ["scanner"] = content.Scanner?.Text ?? system,
        ["rawResult"] = "application/gzip, for each call of the scanner one member with an XCCDF 1.2 result",
        ["repeated"] = string.Join('\n', repeated),
    };
}
