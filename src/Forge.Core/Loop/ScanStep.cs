using Forge.Core.Actions;
using Forge.Core.Errors;
using Forge.Core.Evaluation;
using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Ordering;
using Forge.Core.Policy;
using Forge.Core.Targets;

namespace Forge.Core.Loop;

/// <summary>Prepares a target for the scanner where needed, scans it whole, and turns the result into items.</summary>
/// <param name="context">The run on the target.</param>
/// <param name="changes">Makes the preparation's change.</param>
public sealed class ScanStep(TargetContext context, ChangeRunner changes)
{
    /// <summary>Runs the skill's preparation where something is missing; a recorded change like any other.</summary>
    /// <param name="claim">Claims the host, where that was not done yet.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ForgeException">Id <c>SkillPrepareFailed</c>.</exception>
    public async Task PrepareAsync(Func<CancellationToken, Task> claim, CancellationToken cancellationToken)
    {
        var verifier = await context.Link.VerifierAsync(cancellationToken);
        if (await FindMissingAsync(verifier, cancellationToken) is not { } missing)
        {
            return;
        }

        if (context.Skill.PrepareScript is not { } script)
        {
            throw Failed(missing, "the skill has no prepare script");
        }

        var text = await File.ReadAllTextAsync(Path.Combine(context.Skill.Folder, script), cancellationToken);
        var action = new ScriptAction { Arm = "skill", Summary = $"prepare the target: {missing}", Script = text, Interpreter = "/bin/sh" };
        if (!await context.Scribe.Observer.ConfirmAsync(Plan(action), cancellationToken))
        {
            throw Failed(missing, "its installation was not confirmed");
        }

        if (context.Ledger.Epoch is null)
        {
            await claim(cancellationToken);
        }

        var status = await changes.RunAsync("", context.Ledger.Preparations, "prepare", action, null, cancellationToken);
        if (!status.Succeeded)
        {
            throw Failed(missing, $"{script} ended with exit code {status.ExitCode}: {status.Error.Trim().Split('\n')[^1]}");
        }

        if (await FindMissingAsync(verifier, cancellationToken) is { } still)
        {
            throw Failed(still, $"{script} ended well, and it is still missing");
        }
    }

    private Task<string?> FindMissingAsync(ITarget verifier, CancellationToken cancellationToken) =>
        context.Scribe.ContactAsync("what the scanner lacks", () => context.Engine.Scanner.FindMissingAsync(context.Session, verifier, cancellationToken));

    /// <summary>Scans the target whole and brings the items up to date.</summary>
    /// <param name="purpose"><c>before</c> or <c>round</c>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<ScanReport> ScanAsync(string purpose, CancellationToken cancellationToken)
    {
        var start = context.Scribe.Start();
        var report = await context.Link.ReadAsync(v => context.Engine.Scanner.ScanAsync(context.Session, v, cancellationToken), cancellationToken);
        (context.Touches, context.Demands, context.Guards) = (report.Touches, report.Demands, report.Guards);
        var verdicts = report.Verdicts.ToDictionary(v => v.Key, v => v.Value.Kind);
        await context.Scribe.WriteAsync(
            new ScanEnded(purpose, Counts(report), verdicts, report.RawResult, context.Scribe.SecondsSince(start), report.Provenance), null, true, cancellationToken);
        if (purpose == "before" && report.Guards.FirstOrDefault(g => !report.Verdicts[g].Passed) is { } fails)
        {
            throw new ForgeException(
                "ProbeFailsBefore", ForgeErrorKind.BadInput, $"{context.Target.Name}: {fails} must stay true and does not hold before anything was changed: {report.Verdicts[fails].Detail}", "Mend it first, or leave it out.", fails);
        }

        return report;
    }

    /// <summary>
    /// Looks again at what fails or did not apply, without a whole scan: a change may have met several items at once, or made others apply. New findings are
    /// queued, so that one reboot and one scan prove them together with the rest.
    /// </summary>
    public async Task ReviewAsync(Settlement settlement, CancellationToken cancellationToken)
    {
        string[] ids = [.. context.Ledger.Verdicts.Where(v => v.Value is VerdictKind.Fail or VerdictKind.NotApplicable or VerdictKind.Error).Select(v => v.Key).Order(StringComparer.Ordinal)];
        if (ids.Length == 0)
        {
            return;
        }

        var start = context.Scribe.Start();
        var report = await context.Link.ReadAsync(v => context.Engine.Scanner.ReviewAsync(context.Session, ids, v, cancellationToken), cancellationToken);
        var verdicts = report.Verdicts.ToDictionary(v => v.Key, v => v.Value.Kind);
        await context.Scribe.WriteAsync(
            new Reviewed(verdicts, report.Provenance.GetValueOrDefault("method", ""), report.RawResult, context.Scribe.SecondsSince(start)), null, true, cancellationToken);
        await QueueAsync(report, cancellationToken);
        await settlement.SettleItemsAsync(report.Verdicts);
    }

    /// <summary>Queues the findings that are asked for and not yet items.</summary>
    public async Task QueueAsync(ScanReport report, CancellationToken cancellationToken)
    {
        var wanted = context.Session.ItemIds;
        var order = new WorkOrder(context.Skill);
        foreach (var finding in report.Findings.Where(f => context.Ledger.Find(f.Id) is null))
        {
            if (wanted.Count == 0 || wanted.Contains(finding.Id, StringComparer.Ordinal) || context.Ledger.Before!.Verdicts.GetValueOrDefault(finding.Id) == VerdictKind.Pass)
            {
                await context.Scribe.WriteAsync(new ItemQueued(finding, order.NameOf(order.PhaseOf(finding))), finding.Id, false, cancellationToken);
            }
        }
    }

    /// <summary>How many items have which verdict.</summary>
    public static ScanCounts Counts(ScanReport report) => new(
        report.Count(VerdictKind.Pass) + report.Count(VerdictKind.Fixed),
        report.Count(VerdictKind.Fail),
        report.Count(VerdictKind.NotApplicable),
        report.Count(VerdictKind.NotChecked),
        report.Count(VerdictKind.Error) + report.Count(VerdictKind.Unknown));

    private PlannedAction Plan(ForgeAction action)
    {
        var risk = RiskClassifier.Assess(action);
        return new PlannedAction
        {
            Target = context.Target.Name,
            Item = context.Skill.Name,
            Summary = action.Summary,
            Risk = risk.Risk,
            RiskReason = risk.Reason,
            Undo = "host journal",
            Arm = action.Arm,
            Script = action.ToScript(),
        };
    }

    private ForgeException Failed(string missing, string why) => new(
        "SkillPrepareFailed",
        ForgeErrorKind.Missing,
        $"{context.Target.Name} is not ready for {context.Skill.Name}: {missing}; {why}.",
        "Install it by hand, or see the operation's output with Get-ForgeEvent.",
        context.Target.Name);
}
