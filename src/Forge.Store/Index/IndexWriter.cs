using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Memory;
using Forge.Store.Runs;
using Microsoft.Data.Sqlite;

namespace Forge.Store.Index;

/// <summary>Puts records, journal lines and lessons into the tables, within one transaction of the caller.</summary>
internal sealed class IndexWriter(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    /// <summary>Removes a run's rows; its lessons stay.</summary>
    public void Remove(string runId) => Prepared("DELETE FROM runs WHERE id = ?1").Execute(runId);

    /// <summary>Writes the row of a run and where its journal was read to.</summary>
    public void Put(RunRecord run, in IndexedState state)
    {
        var summary = run.Summary;
        Prepared("""
            INSERT INTO runs VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
            ON CONFLICT (id) DO UPDATE SET skill = ?2, status = ?3, reason = ?4, started_at = ?5, ended_at = ?6, forge_version = ?7, elapsed_seconds = ?8,
                findings = ?9, remediated = ?10, regressions = ?11, false_successes = ?12, reboots = ?13, fault = ?14,
                journal_offset = ?15, journal_sequence = ?16, journal_hash = ?17, journal_length = ?18, record_ticks = ?19
            """).Execute(
            run.Id, run.Skill, run.Status, run.Reason, run.StartedAt, run.EndedAt, run.ForgeVersion, summary?.Elapsed,
            summary?.Findings, summary?.Count(ItemState.Remediated), summary?.Targets.Sum(t => t.Regressions.Count),
            summary?.Targets.Sum(t => t.FalseSuccesses), summary?.Targets.Sum(t => t.Reboots), state.Fault,
            state.Position.Offset, state.Position.Sequence, state.Position.Hash, state.JournalLength, state.RecordTicks);
        foreach (var target in run.Targets)
        {
            Prepared("INSERT OR IGNORE INTO run_targets VALUES (?1, ?2)").Execute(run.Id, target);
        }
    }

    /// <summary>Puts what a line says into the tables.</summary>
    public void Put(string runId, JournalLine line)
    {
        switch (line.Event)
        {
            case ItemQueued e:
                Prepared("INSERT OR IGNORE INTO items VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', 0, 0.0, '')").Execute(
                    runId, e.Finding.Target, e.Finding.Id, e.Finding.Title, e.Finding.Severity, ItemState.Queued, FailureMode.None);
                break;
            case ItemEnded { Result: var r }:
                Prepared("INSERT OR REPLACE INTO items VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)").Execute(
                    runId, r.Target, r.Id, r.Title, r.Severity, r.Outcome, r.FailureMode, r.Arm, r.Attempts, r.Elapsed, r.Reason);
                break;
            case IntentWritten e:
                Prepared("INSERT OR IGNORE INTO operations VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, NULL, NULL, NULL, NULL, NULL)").Execute(
                    runId, e.OperationId, e.Target ?? "", e.Item, e.Attempt, e.Step, e.Epoch, e.Undo, line.Time);
                break;
            case ResultWritten e:
                Prepared("UPDATE operations SET ended_at = ?3, state = ?4, exit_code = ?5, seconds = ?6 WHERE run_id = ?1 AND operation_id = ?2").Execute(
                    runId, e.OperationId, line.Time, e.State, e.ExitCode, e.Seconds);
                break;
            case UndoEnded e:
                Prepared("UPDATE operations SET restored = ?3 WHERE run_id = ?1 AND operation_id = ?2").Execute(runId, e.OperationId, e.Restored);
                break;
            case LessonLearned e:
                Put(e.Tip);
                break;
            default:
                break;
        }
    }

    /// <summary>Stores a lesson; the same one twice is one row.</summary>
    public void Put(Tip tip) =>
        Prepared("INSERT OR IGNORE INTO tips VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)").Execute(
            tip.RunId, tip.Target, tip.Skill, tip.Item, tip.Platform, tip.ActionDigest, tip.Arm, tip.Outcome, tip.Mechanism, tip.LearnedAt);

    /// <summary>Where the journals of all runs were read to.</summary>
    public Dictionary<string, IndexedState> States() =>
        Prepared("SELECT id, journal_offset, journal_sequence, journal_hash, journal_length, record_ticks, fault FROM runs")
            .Query(row => (Id: row.GetString(0), State: ReadState(row)))
            .ToDictionary(r => r.Id, r => r.State, StringComparer.Ordinal);

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }
    }

    private static IndexedState ReadState(SqliteDataReader row) =>
        new(new(row.GetInt64(1), row.GetInt64(2), row.GetString(3)), row.GetInt64(4), row.GetInt64(5), row.IsDBNull(6) ? null : row.GetString(6));

    private Statement Prepared(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new(connection, sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }
}
