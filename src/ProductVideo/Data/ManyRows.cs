using System.Text.RegularExpressions;

namespace ProductVideo.Data;

/// <summary>
/// A statement that writes many rows, past the change tracker: prepared once and run for each row on SQLite, run once with an array for each
/// column on a server.
/// </summary>
/// <typeparam name="T">What a row is made from.</typeparam>
internal sealed partial record ManyRows<T>
{
    /// <param name="sql">
    /// Names a row's columns <c>v."Column"</c> and says <c>{FROM}</c> once, where a FROM clause can stand. What is the same for all rows it
    /// calls <c>@name</c>.
    /// </param>
    /// <param name="columns">All that it names.</param>
    public ManyRows(string sql, IReadOnlyList<Column<T>> columns)
    {
        Columns = columns;
        ForEach = OfRow().Replace(sql, "@${name}").Replace("{FROM}", "", StringComparison.Ordinal);
        var names = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
        var arrays = string.Join(", ", columns.Select(column => "@" + column.Name));
        ForAll = sql.Replace("{FROM}", $"FROM unnest({arrays}) AS v({names})", StringComparison.Ordinal);
    }

    public IReadOnlyList<Column<T>> Columns { get; }

    /// <summary>Of one row: each column is the parameter of its name.</summary>
    public string ForEach { get; }

    /// <summary>Of all rows: each column is an array, the parameter of its name.</summary>
    public string ForAll { get; }

    /// <summary>Inserts rows, or does what is said where their key is there already.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="columns">All that are written; the key among them.</param>
    /// <param name="onConflict">What follows <c>ON CONFLICT</c>: <c>t</c> is the row that is there, <c>excluded</c> the new one. Null to fail.</param>
    public static ManyRows<T> Insert(string table, IReadOnlyList<Column<T>> columns, string? onConflict = null) => new(
        $"""
         INSERT INTO {table} AS t ({string.Join(", ", columns.Select(column => $"\"{column.Name}\""))})
         SELECT {string.Join(", ", columns.Select(column => $"v.\"{column.Name}\""))} {"{FROM}"} WHERE true
         {(onConflict is null ? "" : "ON CONFLICT " + onConflict)}
         """,
        columns);

    [GeneratedRegex(@"\bv\.""(?<name>\w+)""", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex OfRow();
}

/// <param name="Name">Without spaces or signs.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Value">A string, long, int, bool or Guid as <paramref name="Type"/> says, or null.</param>
internal sealed record Column<T>(string Name, ColumnType Type, Func<T, object?> Value);

internal enum ColumnType
{
    Text,
    Long,
    Int,
    Bool,
    Guid,
}
