using ProductVideo.Data.Postgres;

namespace ProductVideo.Data;

/// <summary>Which database holds the rows. Bound from the section <c>ProductVideo:Database</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary><see cref="Engine"/>: one file in the data folder, for one machine.</summary>
    public const string Sqlite = "sqlite";

    /// <summary><see cref="Engine"/>: a PostgreSQL server, which several machines may share.</summary>
    public const string Postgres = "postgres";

    /// <summary><see cref="Sqlite"/> or <see cref="Postgres"/>.</summary>
    /// <value>sqlite.</value>
    public string Engine { get; set; } = Sqlite;

    /// <summary>
    /// For postgres only, in Npgsql's form: <c>Host=…;Database=…;Username=…;Password=…</c>. The database must exist; its tables are made
    /// at start. Holds a password, so it is never shown again.
    /// </summary>
    public string? ConnectionString { get; set; }

    internal bool IsPostgres => Is(Postgres);

    /// <summary>All that is wrong with these settings; empty if nothing is.</summary>
    internal IEnumerable<string> Mistakes()
    {
        var hasConnection = !string.IsNullOrWhiteSpace(ConnectionString);
        if (!IsPostgres && !Is(Sqlite))
            yield return $"ProductVideo:Database:Engine is '{Engine}'. Choose {Sqlite} or {Postgres}.";
        if (Is(Sqlite) && hasConnection)
            yield return $"ProductVideo:Database:ConnectionString is set, but Engine is {Sqlite}, which takes none. Set Engine to {Postgres}, or remove it.";
        if (IsPostgres && !hasConnection)
            yield return $"ProductVideo:Database:ConnectionString is missing. For {Postgres} it is: {PostgresAddress.Example}";
        foreach (var mistake in Is(Sqlite) || !hasConnection ? [] : PostgresAddress.Mistakes(ConnectionString!))
            yield return "ProductVideo:Database:ConnectionString " + mistake;
    }

    private bool Is(string engine) => string.Equals(Engine, engine, StringComparison.OrdinalIgnoreCase);
}
