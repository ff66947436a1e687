using Npgsql;

namespace ProductVideo.Data.Postgres;

/// <summary>Reads a connection string. What it says of one never holds the password, nor a piece of it.</summary>
internal static class PostgresAddress
{
    public const string Example = "Host=db.example;Database=productvideo;Username=productvideo;Password=…";

    /// <summary>Ends of sentences that begin with the setting's name.</summary>
    public static IEnumerable<string> Mistakes(string connectionString)
    {
        if (Read(connectionString) is not { } address)
        {
            // The parser's own words may quote what follows an unquoted semicolon: the end of a password.
            yield return $"can't be read. It looks like this: {Example} (a value with ; or = in it stands in quotation marks).";
            yield break;
        }

        if (string.IsNullOrWhiteSpace(address.Host))
            yield return $"names no Host. It looks like this: {Example}";
        if (string.IsNullOrWhiteSpace(address.Database))
            yield return $"names no Database. It looks like this: {Example}";
    }

    /// <summary>
    /// The connection to use: under a name by which the server's operator recognises it, and never in a transaction of the host's own,
    /// because an intent must be committed before it is acted upon.
    /// </summary>
    public static NpgsqlConnectionStringBuilder Complete(string connectionString)
    {
        var address = new NpgsqlConnectionStringBuilder(connectionString);
        address.ApplicationName ??= "ProductVideo";
        address.Enlist = false;
        return address;
    }

    private static NpgsqlConnectionStringBuilder? Read(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            return null;
        }
    }
}
