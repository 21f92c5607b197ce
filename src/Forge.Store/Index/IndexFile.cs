using System.Globalization;
using Forge.Core.Errors;
using Microsoft.Data.Sqlite;

namespace Forge.Store.Index;

/// <summary>The file <c>forge.db</c>: opened with the right settings in the right order, and set aside where it is damaged.</summary>
internal static class IndexFile
{
    private const int BusyMilliseconds = 15_000;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    /// <summary>Whether an error says that the file itself is damaged.</summary>
    public static bool IsDamage(SqliteException e) => e.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>Opens the file, makes it where it is missing.</summary>
    /// <returns>The connection, and whether the tables are new and empty.</returns>
    /// <exception cref="ForgeException">Id <c>IndexNewer</c>.</exception>
    public static (SqliteConnection Connection, bool Fresh) Open(string path)
    {
        SqliteLibrary.Load();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = BusyMilliseconds / 1000 };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();

            // Waiting first, since what follows may find the file locked; then what must stand before the first table; then the rest.
            // Foreign keys and synchronous are settings of the connection, not of the file.
            Execute(connection, $"PRAGMA busy_timeout = {BusyMilliseconds.ToString(CultureInfo.InvariantCulture)};");
            Execute(connection, "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL;");
            Execute(connection, "PRAGMA journal_mode = WAL;");
            Execute(connection, "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;");
            return (connection, EnsureSchema(connection, path));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Renames a damaged file with its companions, so that it can be looked at later.</summary>
    /// <returns>New path.</returns>
    public static string SetAside(string path, DateTimeOffset now)
    {
        var stamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        var aside = $"{path}.damaged-{stamp}";
        foreach (var companion in new[] { "", "-wal", "-shm" })
        {
            if (File.Exists(path + companion))
            {
                File.Move(path + companion, aside + companion, overwrite: true);
            }
        }

        return aside;
    }

    /// <summary>Empties the tables in the transaction that is open.</summary>
    public static void Recreate(SqliteConnection connection)
    {
        Execute(connection, IndexSchema.Drop);
        Execute(connection, IndexSchema.Create);
        Execute(connection, $"PRAGMA user_version = {IndexSchema.Version.ToString(CultureInfo.InvariantCulture)};");
    }

    private static bool EnsureSchema(SqliteConnection connection, string path)
    {
        // Read outside a transaction first: the ordinary case takes no lock.
        if (VersionOf(connection) == IndexSchema.Version)
        {
            return false;
        }

        using var transaction = connection.BeginTransaction(deferred: false);
        var version = VersionOf(connection);
        if (version > IndexSchema.Version)
        {
            throw new ForgeException(
                "IndexNewer",
                ForgeErrorKind.Missing,
                $"{path} was made by a newer Forge (index version {version}, this one knows {IndexSchema.Version}).",
                "Use that version, or delete the file: it is built again from the run folders.",
                path);
        }

        var fresh = version < IndexSchema.Version;
        if (fresh)
        {
            Recreate(connection);
        }

        transaction.Commit();
        return fresh;
    }

    private static long VersionOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version;";
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this assembly, no input.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
