using System.Diagnostics;
using System.Text.Json;
using Forge.Core.Actions;
using Forge.Core.Errors;
using Forge.Core.Findings;
using Forge.Core.Fixes;
using Forge.Core.Loop;
using Forge.Core.Operations;
using Forge.Core.Policy;
using Forge.Lab;
using Forge.Scap.Engine;
using Forge.Targets.Operations;

namespace Forge.Bench;

/// <summary>
/// Every fix of a profile: applied, taken back by the host's journal alone, and the machine's digest compared with the one before. First those that install
/// packages; then, with the packages there, all others. A claim of the journal that the digest contradicts is the fault that this looks for.
/// </summary>
/// <param name="machine">The machine.</param>
/// <param name="lab">Its name.</param>
internal sealed class UndoBench(BenchMachine machine, string lab)
{
    private const int MostLines = 12;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(40);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly IOperationHost _host = new HostWrapperFactory().For(machine.Target);
    private readonly MachineDigest _digest = new(new LabService(LabOptions.FromEnvironment()), lab);
    private readonly List<object> _faults = [];
    private readonly List<object> _left = [];
    private int _count;
    private int _changed;
    private long _epoch;
    private HashSet<string> _before = [];

    /// <summary>Runs it and writes the figures of docs: fixes, changed, restored, admitted, contradicted, refused.</summary>
    /// <returns>0 where no claim was contradicted, else 1.</returns>
    public async Task<int> RunAsync(string content, string profile, string file)
    {
        var engine = new XccdfEngine();
        var session = machine.Session(engine, content, profile);
        var scan = await engine.Scanner.ScanAsync(session, machine.Target, CancellationToken.None);
        var source = new SkillFixSource(session.Skill, engine.FixSources);
        var fixes = new List<(string Id, ForgeAction Action)>();
        var refused = new List<string>();
        foreach (var id in scan.Verdicts.Keys)
        {
            var finding = new Finding { Id = id, Target = lab, Skill = session.Skill.Name, Title = id };
            if (await source.ProposeAsync(new FixRequest(session, finding, 1, []), CancellationToken.None) is not { } action)
            {
                continue;
            }

            if (RiskClassifier.Assess(action).Risk == ActionRisk.Irreversible)
            {
                refused.Add(id);
                continue;
            }

            fixes.Add((id, action));
        }

        var clock = Stopwatch.StartNew();
        _epoch = await _host.ClaimAsync(null, "bench-undo", CancellationToken.None);
        _before = await _digest.TakeAsync();
        var packages = fixes.Where(f => f.Id.StartsWith("package_", StringComparison.Ordinal)).ToList();
        foreach (var (id, action) in packages)
        {
            await TryAsync(id, action);
        }

        foreach (var (id, action) in packages.Where(p => p.Id.EndsWith("_installed", StringComparison.Ordinal)))
        {
            await ApplyAsync(id, action, "keep");
        }

        _before = await _digest.TakeAsync();
        foreach (var (id, action) in fixes.Except(packages))
        {
            await TryAsync(id, action);
        }

        var restored = _changed - _faults.Count - _left.Count;
        var figures = new { fixes = _count, changed = _changed, restored, admitted = _left.Count, contradicted = _faults.Count, refused, left = _left, faults = _faults, seconds = Math.Round(clock.Elapsed.TotalSeconds) };
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(figures, Indented));
        Console.WriteLine($"undo: {_count} fixes, {_changed} changed something; taken back with the same digest as before {restored}, not wholly and said so {_left.Count}, "
            + $"said to be restored and not the same {_faults.Count}; {refused.Count} irreversible by class, not run; {clock.Elapsed.TotalMinutes:0} min");
        return _faults.Count == 0 ? 0 : 1;
    }

    private async Task TryAsync(string id, ForgeAction action)
    {
        _count++;
        var operation = await ApplyAsync(id, action, "apply");
        UndoResult? undone = null;
        try
        {
            undone = await _host.UndoAsync(operation.Id, _epoch, CancellationToken.None);
        }
        catch (ForgeException e)
        {
            Console.WriteLine($"  {id}: the undo failed: {e.Message}");
        }

        var after = await _digest.TakeAsync();
        string[] differences = Differences(after);
        _changed += operation.Changed || differences.Length > 0 ? 1 : 0;
        if (differences.Length > 0 || undone is not { Restored: true })
        {
            var entry = new { id, restored = undone?.Restored, says = undone?.Differences.Take(MostLines), differences = differences.Order(StringComparer.Ordinal).Take(MostLines), more = Math.Max(0, differences.Length - MostLines) };
            (undone is { Restored: true } ? _faults : _left).Add(entry);
            Console.WriteLine($"  {id}: {(undone is { Restored: true } ? "said to be restored" : $"not restored ({string.Join(", ", undone?.Differences.Take(3) ?? [])})")}; differences:\n    "
                + string.Join("\n    ", differences.Order(StringComparer.Ordinal).Take(MostLines)));
            _before = after;
        }
    }

    /// <summary>What is not as it was. A log that was begun meanwhile stays: it is evidence, and no undo takes evidence away.</summary>
    private string[] Differences(HashSet<string> after)
    {
        var logs = _before.Where(IsLog).Select(PathOf).ToHashSet(StringComparer.Ordinal);
        return [.. _before.Except(after).Select(l => "- " + l), .. after.Except(_before).Where(l => !IsLog(l) || logs.Contains(PathOf(l))).Select(l => "+ " + l)];

        static bool IsLog(string line) => line.StartsWith("log ", StringComparison.Ordinal);
        static string PathOf(string line) => line.Split(' ')[1];
    }

    private async Task<(OperationId Id, bool Changed)> ApplyAsync(string id, ForgeAction action, string step)
    {
        var operation = new Operation
        {
            Id = OperationId.Of("bench-undo", lab, id, 1, step, action.ToBytes()),
            Epoch = _epoch,
            Script = action.ToScript(),
            Interpreter = action is ScriptAction script ? script.Interpreter : "/bin/sh",
            Timeout = Limit,
            JournalPaths = ChangeRunner.JournalPathsOf(action),
        };
        try
        {
            return (operation.Id, !(await _host.ExecuteAsync(operation, CancellationToken.None)).Changes.IsEmpty);
        }
        catch (ForgeException e)
        {
            Console.WriteLine($"  {id}: {e.Message}");
            return (operation.Id, false);
        }
    }
}
