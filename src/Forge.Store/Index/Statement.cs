using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Forge.Store.Index;

/// <summary>A prepared statement that is run with values in the order of its parameters <c>?1</c>, <c>?2</c>, …</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    /// <summary>Prepares a statement.</summary>
    /// <param name="connection">Connection; its open transaction is used.</param>
    /// <param name="sql">Text without any input in it.</param>
    public Statement(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
#pragma warning disable CA2100 // All callers pass constants; values are parameters.
        _command.CommandText = sql;
#pragma warning restore CA2100
    }

    public int Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    public List<T> Query<T>(Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using var reader = _command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        _command.Parameters.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters.AddWithValue("?" + (i + 1).ToString(CultureInfo.InvariantCulture), ToStored(values[i]));
        }
    }

    private static object ToStored(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset time => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        Enum named => named.ToString(),
        TimeSpan span => span.TotalSeconds,
        bool flag => flag ? 1L : 0L,
        _ => value,
    };
}
