using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Core.Models;
using Forge.Core.Skills;
using Forge.Core.Targets;

namespace Forge.Core.Loop;

/// <summary>
/// The one loop: scan, choose, act, verify, keep or revert, learn, until a fixed point. Start reading here; <see cref="TargetRun"/> is the loop on one target,
/// <see cref="AttemptRunner"/> one attempt on one item.
/// </summary>
/// <param name="ports">Everything from outside.</param>
public sealed class RunLoop(LoopPorts ports)
{
    /// <summary>Runs what is asked on all targets.</summary>
    /// <returns>The run as it ended, also where targets were lost; see its status.</returns>
    /// <exception cref="ForgeException">The run could not begin: skill, store.</exception>
    public async Task<RunRecord> RunAsync(RunRequest request, IRunObserver observer, CancellationToken cancellationToken)
    {
        var skill = ports.Skills.Get(request.Skill);
        var record = Begin(request, skill);
        await using var journal = await ports.Runs.CreateAsync(record, cancellationToken);
        var line = await journal.AppendAsync(new RunStarted(record.Id, skill.Name, record.Targets), true, cancellationToken);
        await observer.OnLineAsync(line, cancellationToken);
        var ledgers = request.Targets.ToDictionary(t => t.Name, t => new TargetLedger(t.Name), StringComparer.Ordinal);
        return await WorkAsync(record, request, skill, journal, ledgers, TimeSpan.Zero, observer, cancellationToken);
    }

    /// <summary>Goes on with a run whose process is gone. What it asked for is in its record; the ledger comes from its journal.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="request">What was asked, with the targets as the inventory has them now.</param>
    /// <param name="observer">Who watches.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<RunRecord> ResumeAsync(string runId, RunRequest request, IRunObserver observer, CancellationToken cancellationToken)
    {
        var skill = ports.Skills.Get(request.Skill);
        var record = await ports.Runs.GetAsync(runId, cancellationToken);
        if (record.Status is RunStatus.Succeeded or RunStatus.ItemsLeft)
        {
            throw new ForgeException("RunEnded", ForgeErrorKind.Conflict, $"Run {runId} has ended ({record.Status}).", "Start a new run with Invoke-ForgeTask.", runId);
        }

        await using var journal = await ports.Runs.OpenAsync(runId, cancellationToken);
        var ledgers = request.Targets.ToDictionary(t => t.Name, t => new TargetLedger(t.Name), StringComparer.Ordinal);
        var sessions = new SessionClock();
        long last = 0;
        await foreach (var line in journal.ReadAsync(cancellationToken))
        {
            last = line.Sequence;
            sessions.Apply(line);
            foreach (var ledger in ledgers.Values)
            {
                ledger.Apply(line);
            }
        }

        record = record with { Status = RunStatus.Running, ProcessId = Environment.ProcessId, ProcessStart = null, EndedAt = null, Summary = null, Reason = "" };
        await ports.Runs.SaveAsync(record, cancellationToken);
        var resumed = await journal.AppendAsync(new RunResumed(last), true, cancellationToken);
        foreach (var ledger in ledgers.Values)
        {
            ledger.Apply(resumed);
        }

        return await WorkAsync(record, request, skill, journal, ledgers, sessions.Elapsed, observer, cancellationToken);
    }

    private RunRecord Begin(RunRequest request, Skill skill)
    {
        var now = ports.Clock.GetUtcNow();
        var name = request.Targets.Count == 1 ? request.Targets[0].Name : $"{request.Targets.Count}-targets";
        return new RunRecord
        {
            Id = $"{now:yyyyMMdd-HHmm}-{name}-{skill.Name}-{ports.NextRandom() & 0xffff:x4}",
            Skill = skill.Name,
            Targets = [.. request.Targets.Select(t => t.Name)],
            Parameters = request.Parameters,
            ItemIds = [.. request.Findings.Select(f => f.Id).Distinct(StringComparer.Ordinal)],
            ItemsByTarget = request.Findings.GroupBy(f => f.Target, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(f => f.Id).Distinct(StringComparer.Ordinal)]),
            ScanOnly = request.ScanOnly,
            PrepareOnly = request.PrepareOnly,
            MaxRounds = request.MaxRounds,
            Approvals = [.. request.Approvals],
            DecisionPath = request.Decisions?.Path,
            DecisionDigest = request.Decisions?.Digest,
            Prefer = [.. request.Preferences.Select(p => p.Wanted)],
            ExcludedArms = [.. request.ExcludedArms],
            AllowScripts = request.AllowScripts,
            Models = ModelNames(),
            IgnoreLessons = request.IgnoreLessons,
            RemoveHostState = request.RemoveHostState,
            ActionTimeout = request.ActionTimeout,
            ThrottleLimit = request.ThrottleLimit,
            Budget = request.Budget,
            AllowReboot = request.AllowReboot,
            StartedAt = now,
            ForgeVersion = ports.ForgeVersion,
            ProcessId = Environment.ProcessId,
        };
    }

    private Dictionary<string, string> ModelNames() => Enum.GetValues<ModelRole>()
        .Select(r => (Role: r, Model: ports.Models.Find(r))).Where(r => r.Model is not null)
        .ToDictionary(r => r.Role.ToString().ToLowerInvariant(), r => r.Model!.Name, StringComparer.Ordinal);

    private async Task<RunRecord> WorkAsync(
        RunRecord record,
        RunRequest request,
        Skill skill,
        IJournal journal,
        Dictionary<string, TargetLedger> ledgers,
        TimeSpan earlier,
        IRunObserver observer,
        CancellationToken cancellationToken)
    {
        var start = ports.Clock.GetTimestamp();
        var faults = new System.Collections.Concurrent.ConcurrentDictionary<string, ForgeException>(StringComparer.Ordinal);
        var walls = new System.Collections.Concurrent.ConcurrentDictionary<string, TimeSpan>(StringComparer.Ordinal);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, request.ThrottleLimit), CancellationToken = cancellationToken };
        var stopped = false;
        try
        {
            await Parallel.ForEachAsync(request.Targets, parallel, async (target, token) =>
            {
                var began = ports.Clock.GetTimestamp();
                if (await RunTargetAsync(target, request, skill, journal, ledgers[target.Name], observer, token) is { } fault)
                {
                    faults[target.Name] = fault;
                }

                walls[target.Name] = ports.Clock.GetElapsedTime(began);
            });
        }
        catch (OperationCanceledException)
        {
            // A stop by the user is an end like any other: it is recorded, and the run can be resumed.
            stopped = true;
        }

        var summary = RunSummarizer.Summarize(ledgers.Values, walls, ports.Clock.GetElapsedTime(start), earlier);
        return await EndAsync(record, summary, journal, ledgers, faults, stopped, observer);
    }

    private async Task<ForgeException?> RunTargetAsync(
        TargetDescription target, RunRequest request, Skill skill, IJournal journal, TargetLedger ledger, IRunObserver observer, CancellationToken cancellationToken)
    {
        await using var link = new TargetLink(target, ports.Connector, ports.OperationHosts);
        var scribe = new RunScribe(journal, ledger, observer, ports.Clock);
        var context = new TargetContext { Request = request, Ports = ports, Skill = skill, Engine = ports.Skills.EngineOf(skill), Link = link, Scribe = scribe };
        try
        {
            await new TargetRun(context).RunAsync(cancellationToken);
            return null;
        }
        catch (ForgeException e) when (e.Id != "JournalFailed")
        {
            await scribe.WriteAsync(new TargetParked(e.Message, e.Id), null, true, CancellationToken.None);
            foreach (var entry in ledger.Items.Where(i => i.State is ItemState.Queued or ItemState.Active).ToList())
            {
                var result = new ItemResult
                {
                    Id = entry.Finding.Id,
                    Target = target.Name,
                    RunId = journal.RunId,
                    Title = entry.Finding.Title,
                    Severity = entry.Finding.Severity,
                    Outcome = ItemState.Skipped,
                    FailureMode = FailureMode.TargetLost,
                    Attempts = entry.Attempts,
                    Reason = $"the run stopped for this target: {e.Message}",
                };
                await scribe.WriteAsync(new ItemEnded(result), entry.Finding.Id, false, CancellationToken.None);
            }

            return e;
        }
    }

    private async Task<RunRecord> EndAsync(
        RunRecord record,
        RunSummary summary,
        IJournal journal,
        Dictionary<string, TargetLedger> ledgers,
        IReadOnlyDictionary<string, ForgeException> faults,
        bool stopped,
        IRunObserver observer)
    {
        var (status, reason) = RunSummarizer.Judge(summary, ledgers.Values, faults, stopped);
        var line = await journal.AppendAsync(new RunEnded(status, reason), true, CancellationToken.None);
        await observer.OnLineAsync(line, CancellationToken.None);
        var ended = record with
        {
            Status = status,
            Reason = reason,
            Summary = summary,
            EndedAt = ports.Clock.GetUtcNow(),
            ProcessId = null,
            ProcessStart = null,
        };
        await ports.Runs.SaveAsync(ended, CancellationToken.None);
        return ended;
    }
}
