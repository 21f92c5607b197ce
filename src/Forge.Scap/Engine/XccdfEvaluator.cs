using Forge.Core.Errors;
using Forge.Core.Evaluation;
using Forge.Core.Skills;
using Forge.Core.Targets;
using Forge.Scap.Results;

namespace Forge.Scap.Engine;

/// <summary>Checks some rules: with a slim stream that travels with the call where one can be cut, else with the full one and the reason; searches through file systems beside the rest.</summary>
internal sealed class XccdfEvaluator(SessionContent contents, TimeProvider clock) : IEvaluator
{
    public async Task<EvaluationReport> EvaluateAsync(SkillSession session, IReadOnlyList<string> itemIds, ITarget verifier, CancellationToken cancellationToken)
    {
        var checkedRules = await CheckAsync(session, itemIds, verifier, cancellationToken);
        return new EvaluationReport
        {
            Verdicts = checkedRules.Results.ToDictionary(r => r.Key, r => FindingMaker.Verdict(r.Key, r.Value)),
            Method = checkedRules.Method,
            RawResult = await session.Blobs.PutAsync(checkedRules.Raw, cancellationToken),
            Elapsed = checkedRules.Elapsed,
        };
    }

    public bool TakesLong(SkillSession session, string itemId) =>
        Lanes.WidthOf(session) > 1 && contents.Required(session) is var content && content.Find(itemId) is { } found && content.Walks.ContainsKey(found.Rule.Id);

    /// <summary>Checks rules and gives the scanner's own results, by short id.</summary>
    public async Task<CheckedRules> CheckAsync(SkillSession session, IReadOnlyList<string> itemIds, ITarget verifier, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(itemIds.Count);
        var content = await contents.EnsureAsync(session, verifier, cancellationToken);
        var rules = itemIds.Distinct().ToDictionary(id => id, id => content.Find(id)?.Rule.Id ?? throw Unknown(id, content));
        var walkers = Lanes.WalkersAmong(session, content, rules.Values);
        var others = rules.Values.Except(walkers).ToList();
        List<IReadOnlyList<string>> groups = [.. walkers.Select(w => (string[])[w])];
        if (others.Count > 0)
        {
            groups.Insert(0, others);
        }

        var start = clock.GetTimestamp();
        var parts = await Lanes.RunAsync<CheckedRules>(
            session, [.. groups.Select(g => (Func<CancellationToken, Task<CheckedRules>>)(token => CheckTogetherAsync(session, content, g, verifier, token)))], cancellationToken);
        var all = CheckedRules.Of(parts, clock.GetElapsedTime(start));
        return all with { Results = rules.ToDictionary(r => r.Key, r => all.Results[r.Value]) };
    }

    /// <summary>Checks rules one after another.</summary>
    /// <returns>By full id.</returns>
    private static async Task<CheckedRules> CheckTogetherAsync(
        SkillSession session, PreparedContent content, IReadOnlyList<string> rules, ITarget verifier, CancellationToken cancellationToken)
    {
        var split = SlimSplit.Of(content, rules);
        var verdicts = new Dictionary<string, RuleResult>();
        var elapsed = TimeSpan.Zero;
        var method = "slim";
        byte[] raw = [];
        var whole = split.Whole.ToList();
        var reason = split.Reason;
        if (split.Stream is { } stream)
        {
            try
            {
                var slim = await ScannerRunner.RunAsync(Slim(content, split, stream), verifier, cancellationToken);
                Take(split.Slim, slim, verdicts, verifier);
                elapsed += slim.Elapsed;
                raw = slim.Packed;
                method += slim.Repeated.Count > 0 ? $" (asked again: {slim.Repeated[^1]})" : "";
            }
            catch (ScannerException error) when (error.Kind == ForgeErrorKind.Corrupt)
            {
                whole.AddRange(split.Slim);
                reason = $"the scanner gave no result with the slim stream: {error.Message}";
            }
        }

        if (whole.Count > 0)
        {
            var call = await FullAsync(content, whole, session, verifier, cancellationToken);
            var full = await ScannerRunner.RunAsync(call, verifier, cancellationToken);
            Take(whole, full, verdicts, verifier);
            elapsed += full.Elapsed;
            raw = [.. raw, .. full.Packed];
            method = whole.Count == rules.Count ? $"full: {reason}" : $"slim, {whole.Count} full: {reason}";
        }

        return new CheckedRules(verdicts, method, raw, elapsed);
    }

    private static ScannerCall Slim(PreparedContent content, SlimSplit split, byte[] stream) => new()
    {
        Scanner = content.Settings.Scanner,
        Stream = stream,
        ProfileId = split.ProfileId,
        SkipValidation = true,
        // A search through file systems takes as long by itself as within a scan.
        Limit = split.Slim.Any(content.Walks.ContainsKey) ? content.Settings.ScanLimit : content.Settings.CheckLimit,
    };

    private static async Task<ScannerCall> FullAsync(
        PreparedContent content, List<string> rules, SkillSession session, ITarget verifier, CancellationToken cancellationToken) => new()
    {
        Scanner = content.Settings.Scanner,
        PathOnTarget = await SessionContent.PathOnTargetAsync(content, session, verifier, cancellationToken),
        Tailoring = content.Profile.Tailoring is { } tailoring ? await File.ReadAllBytesAsync(tailoring.File, cancellationToken) : null,
        ProfileId = content.Profile.Id == Profiles.ProfileResolver.DefaultProfileId ? null : content.Profile.Id,
        RuleIds = rules,
        Limit = content.Settings.ScanLimit,
    };

    private static void Take(IReadOnlyList<string> rules, ScannerOutput output, Dictionary<string, RuleResult> verdicts, ITarget verifier)
    {
        foreach (var rule in rules)
        {
            verdicts[rule] = output.Results.ByRule.GetValueOrDefault(rule) ?? throw new ScannerException(
                ForgeErrorKind.Corrupt, $"The scanner's result on {verifier.Description.Name} has no entry for rule '{rule}'.", verifier.Description.Name);
        }
    }

    private static ForgeException Unknown(string id, PreparedContent content) => new(
        "ItemUnknown", ForgeErrorKind.BadInput, $"There is no item '{id}' in profile '{content.Profile.Id}'.", "Get-ForgeFinding lists the items; the profile may be another one.", id);
}
