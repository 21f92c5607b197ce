using System.Globalization;
using Forge.Core.Findings;
using Forge.Core.Loop;
using Forge.Core.Memory;
using Forge.Core.Operations;
using Microsoft.Data.Sqlite;

namespace Forge.Store.Index;

/// <summary>What is asked of the index.</summary>
internal static class IndexQueries
{
    public static IReadOnlyList<ItemResult> Items(SqliteConnection connection, ItemQuery query)
    {
        using var statement = new Statement(connection, """
            SELECT i.item, i.target, i.run_id, i.title, i.severity, i.outcome, i.failure_mode, i.arm, i.attempts, i.seconds, i.reason
            FROM items i JOIN runs r ON r.id = i.run_id
            WHERE (?1 IS NULL OR i.run_id = ?1) AND (?2 IS NULL OR r.skill = ?2) AND (?3 IS NULL OR i.target = ?3)
                AND (?4 IS NULL OR i.item = ?4) AND (?5 IS NULL OR i.outcome = ?5)
            ORDER BY r.started_at DESC, i.run_id DESC, i.target, i.item LIMIT ?6
            """);
        return statement.Query(ReadItem, query.RunId, query.Skill, query.Target, query.Item, query.Outcome, query.Last ?? -1);
    }

    public static IReadOnlyList<IndexedOperation> Operations(SqliteConnection connection, string runId)
    {
        using var statement = new Statement(connection, """
            SELECT run_id, operation_id, target, item, attempt, step, epoch, intended_at, ended_at, state, exit_code, restored
            FROM operations WHERE run_id = ?1 ORDER BY intended_at, operation_id
            """);
        return statement.Query(ReadOperation, runId);
    }

    public static IReadOnlyList<Tip> Lessons(SqliteConnection connection, string skill, string item, string target, string platform)
    {
        using var statement = new Statement(connection, """
            SELECT skill, item, target, platform, action_digest, arm, outcome, mechanism, run_id, learned_at
            FROM tips WHERE skill = ?1 AND item = ?2 AND (target = ?3 OR platform = ?4)
            ORDER BY target = ?3 DESC, learned_at DESC, run_id DESC, target, action_digest, outcome
            """);
        return statement.Query(ReadTip, skill, item, target, platform);
    }

    public static int CountLessons(SqliteConnection connection)
    {
        using var statement = new Statement(connection, "SELECT count(*) FROM tips");
        return statement.Query(r => r.GetInt32(0))[0];
    }

    private static ItemResult ReadItem(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        Target = row.GetString(1),
        RunId = row.GetString(2),
        Title = row.GetString(3),
        Severity = Enum.Parse<Severity>(row.GetString(4)),
        Outcome = Enum.Parse<ItemState>(row.GetString(5)),
        FailureMode = Enum.Parse<FailureMode>(row.GetString(6)),
        Arm = row.GetString(7),
        Attempts = row.GetInt32(8),
        Elapsed = TimeSpan.FromSeconds(row.GetDouble(9)),
        Reason = row.GetString(10),
    };

    private static IndexedOperation ReadOperation(SqliteDataReader row) => new()
    {
        RunId = row.GetString(0),
        OperationId = row.GetString(1),
        Target = row.GetString(2),
        Item = row.IsDBNull(3) ? null : row.GetString(3),
        Attempt = row.GetInt32(4),
        Step = row.GetString(5),
        Epoch = row.GetInt64(6),
        IntendedAt = Time(row.GetString(7)),
        EndedAt = row.IsDBNull(8) ? null : Time(row.GetString(8)),
        State = row.IsDBNull(9) ? null : Enum.Parse<OperationState>(row.GetString(9)),
        ExitCode = row.IsDBNull(10) ? null : row.GetInt32(10),
        Restored = row.IsDBNull(11) ? null : row.GetInt64(11) != 0,
    };

    private static Tip ReadTip(SqliteDataReader row) => new()
    {
        Skill = row.GetString(0),
        Item = row.GetString(1),
        Target = row.GetString(2),
        Platform = row.GetString(3),
        ActionDigest = row.GetString(4),
        Arm = row.GetString(5),
        Outcome = Enum.Parse<FailureMode>(row.GetString(6)),
        Mechanism = row.GetString(7),
        RunId = row.GetString(8),
        LearnedAt = Time(row.GetString(9)),
    };

    private static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
