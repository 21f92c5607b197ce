namespace Forge.Store.Index;

/// <summary>Tables of the index. Whoever changes them raises <see cref="Version"/>; an index of a lower version is built anew from the run folders.</summary>
internal static class IndexSchema
{
    /// <summary>Value of <c>PRAGMA user_version</c>.</summary>
    public const int Version = 1;

    /// <summary>Takes all tables away; children before their parents.</summary>
    public const string Drop = """
        DROP TABLE IF EXISTS tips;
        DROP TABLE IF EXISTS operations;
        DROP TABLE IF EXISTS items;
        DROP TABLE IF EXISTS run_targets;
        DROP TABLE IF EXISTS runs;
        """;

    /// <summary>Makes all tables. Times are ISO 8601 UTC text, enums their declared names.</summary>
    public const string Create = """
        CREATE TABLE runs (
            id TEXT PRIMARY KEY NOT NULL,
            skill TEXT NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL,
            started_at TEXT NOT NULL, ended_at TEXT, forge_version TEXT NOT NULL,
            elapsed_seconds REAL, findings INTEGER, remediated INTEGER, regressions INTEGER, false_successes INTEGER, reboots INTEGER,
            fault TEXT,
            journal_offset INTEGER NOT NULL, journal_sequence INTEGER NOT NULL, journal_hash TEXT NOT NULL,
            journal_length INTEGER NOT NULL, record_ticks INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX runs_started ON runs (started_at);
        CREATE TABLE run_targets (
            run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, target TEXT NOT NULL,
            PRIMARY KEY (run_id, target)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE items (
            run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, target TEXT NOT NULL, item TEXT NOT NULL,
            title TEXT NOT NULL, severity TEXT NOT NULL, outcome TEXT NOT NULL, failure_mode TEXT NOT NULL,
            arm TEXT NOT NULL, attempts INTEGER NOT NULL, seconds REAL NOT NULL, reason TEXT NOT NULL,
            PRIMARY KEY (run_id, target, item)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX items_item ON items (item, target);
        CREATE TABLE operations (
            run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, operation_id TEXT NOT NULL,
            target TEXT NOT NULL, item TEXT, attempt INTEGER NOT NULL, step TEXT NOT NULL, epoch INTEGER NOT NULL,
            undo TEXT NOT NULL, intended_at TEXT NOT NULL, ended_at TEXT, state TEXT, exit_code INTEGER, seconds REAL, restored INTEGER,
            PRIMARY KEY (run_id, operation_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE tips (
            run_id TEXT NOT NULL, target TEXT NOT NULL, skill TEXT NOT NULL, item TEXT NOT NULL, platform TEXT NOT NULL,
            action_digest TEXT NOT NULL, arm TEXT NOT NULL, outcome TEXT NOT NULL, mechanism TEXT NOT NULL, learned_at TEXT NOT NULL,
            PRIMARY KEY (run_id, target, skill, item, action_digest, outcome, learned_at)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX tips_item ON tips (skill, item, learned_at);
        """;
}
