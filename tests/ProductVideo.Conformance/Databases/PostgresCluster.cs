using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Xunit;

namespace ProductVideo.Conformance.Databases;

/// <summary>
/// A PostgreSQL server of the tests' own: a new cluster from the system's package, on a free port of the loopback, gone with the process
/// that started it, however that ends. It asks for no password and syncs nothing to disk.
/// </summary>
public sealed class PostgresCluster : IAsyncLifetime
{
    /// <summary>$1: the programs, $2: an empty folder, $3: the port. The server refuses to run as root, so it starts again as the package's user.</summary>
    private const string Script = """
        set -eu
        if [ "$(id -u)" -eq 0 ]; then
            chown postgres "$2"
            exec setpriv --reuid=postgres --regid=postgres --clear-groups sh -c "$0" "$0" "$@"
        fi
        "$1/initdb" -D "$2/data" -U postgres -A trust -E UTF8 --locale=C --no-sync --no-instructions >&2
        "$1/postgres" -D "$2/data" -k "$2" -h 127.0.0.1 -p "$3" -c max_connections=300 -c fsync=off -c full_page_writes=off </dev/null &
        server=$!
        # Standard input ends with the tests.
        read -r _ || true
        kill -INT $server
        wait $server || true
        rm -rf "$2"
        """;

    private Process? _process;
    private int _databases;

    /// <summary>Of the loopback.</summary>
    public int Port { get; private set; }

    /// <summary>Npgsql's form; the database is not made.</summary>
    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Database={database};Username=postgres";

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    /// <param name="encoding">In which letters; null for the server's own.</param>
    public async Task<string> NewDatabaseAsync(string? encoding = null)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        var letters = encoding is null ? "" : $" ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0";
        await ExecuteAsync(ConnectionString("postgres"), $"CREATE DATABASE {name}{letters}");
        return ConnectionString(name);
    }

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask InitializeAsync()
    {
        var programs = Programs();
        var folder = Directory.CreateTempSubdirectory("pv-pg-").FullName;
        Port = FreePort.Next();
        var start = new ProcessStartInfo("sh", ["-c", Script, Script, programs, folder, $"{Port}"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        var output = new List<string>();
        var ready = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.ErrorDataReceived += (_, line) => Read(line.Data, output, ready);
        _process.Exited += (_, _) => ready.TrySetResult(false);
        _process.Start();
        _process.BeginErrorReadLine();
        if (await ready.Task)
            return;
        await DisposeAsync();
        throw new InvalidOperationException("PostgreSQL did not start:\n" + string.Join('\n', output));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    private static void Read(string? line, List<string> output, TaskCompletionSource<bool> ready)
    {
        if (line is null)
            return;
        if (!ready.Task.IsCompleted)
            output.Add(line);
        if (line.Contains("ready to accept connections", StringComparison.Ordinal))
            ready.TrySetResult(true);
        else if (line.Contains("FATAL", StringComparison.Ordinal))
            ready.TrySetResult(false);
    }

    /// <summary>Where Debian puts them, the newest version's; elsewhere they are on PATH.</summary>
    private static string Programs()
    {
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian) : [];
        var found = versions.OrderByDescending(version => int.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Select(version => Path.Combine(version, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
        return found ?? throw new InvalidOperationException("PostgreSQL is not installed. Run: src/install-tools postgres");
    }
}
