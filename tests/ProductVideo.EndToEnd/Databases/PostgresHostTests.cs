using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ProductVideo.Conformance.Databases;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Databases;

/// <summary>The real host with its rows on a PostgreSQL server, set by environment variables alone.</summary>
public sealed class PostgresHostTests(PostgresCluster cluster) : IClassFixture<PostgresCluster>, IDisposable
{
    private readonly string _data = Checkout.NewFolder();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task a_clip_is_made_and_published_with_its_rows_on_the_server()
    {
        var ended = await RunAsync(await cluster.NewDatabaseAsync(), "demo", "--exit");
        ended.ExitCode.ShouldBe(0, ended.Errors);
        ended.Output.ShouldContain("Published");
        Directory.EnumerateFiles(_data, "*.db", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_clip_is_made_though_the_job_tables_are_dropped_under_the_host()
    {
        var database = await cluster.NewDatabaseAsync();
        await using var host = await HostProcess.ServeAsync(_data, Settings(database));
        var key = (await RunAsync(database, "keys", "create", "--name", "test")).Output.Trim();
        using var api = new HttpClient { BaseAddress = new Uri(host.Address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        await PostgresCluster.ExecuteAsync(database, "DROP SCHEMA productvideo_hangfire CASCADE");

        using var ordered = await api.PostAsJsonAsync("/api/v1/generations", new { shop = "sample", product = "hand-cream" }, Token);
        ordered.IsSuccessStatusCode.ShouldBeTrue(await ordered.Content.ReadAsStringAsync(Token));
        var id = (await ordered.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString();
        // The host moves it; this only looks on.
        string? state;
        do
            state = (await api.GetFromJsonAsync<JsonElement>($"/api/v1/generations/{id}", Token)).GetProperty("state").GetString();
        while (state is not ("AwaitingReview" or "Failed" or "InDoubt"));

        state.ShouldBe("AwaitingReview", host.Output);
        host.Output.Split("Wake-ups can't be written").Length.ShouldBe(2, "told once");
    }

    [Fact]
    public async Task a_database_that_is_not_there_is_a_sentence_and_is_not_made()
    {
        var ended = await RunAsync(cluster.ConnectionString("mistyped") + ";Password=s3cret", "generate", "--product", "hand-cream", "--wait");
        ended.ExitCode.ShouldBe(3);
        ended.Errors.ShouldContain("'mistyped': there is no such database");
        (ended.Output + ended.Errors).ShouldNotContain("s3cret");
        (ended.Output + ended.Errors).ShouldNotContain("   at ");
    }

    [Fact]
    public async Task a_command_begins_no_product_in_an_empty_database()
    {
        var database = await cluster.NewDatabaseAsync();
        var ended = await RunAsync(database, "stop");
        (ended.ExitCode, ended.Output).ShouldBe((2, ""), ended.Errors);
        ended.Errors.ShouldStartWith("There is no ProductVideo in PostgreSQL at ");
        await PostgresCluster.ExecuteAsync(database, "CREATE TABLE generations (nothing int)");

        (await RunAsync(await BegunAsync(), "stop")).Errors.ShouldStartWith("Database: PostgreSQL at ");
    }

    [Fact]
    public async Task a_database_of_a_newer_version_is_refused()
    {
        var database = await BegunAsync();
        await PostgresCluster.ExecuteAsync(database, """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Later', '99.0.0')""");
        var ended = await RunAsync(database, "products");
        (ended.ExitCode, ended.Output).ShouldBe((3, ""), ended.Errors);
        ended.Errors.ShouldContain("used by a newer ProductVideo (29990101000000_Later). Start that version, or put back the backup from before it.");
    }

    [Fact]
    public async Task a_server_that_takes_no_writes_is_a_sentence_and_no_node_is_ready()
    {
        var database = await BegunAsync();
        await using var host = await HostProcess.ServeAsync(_data, Settings(database));
        var key = (await RunAsync(database, "keys", "create", "--name", "test")).Output.Trim();
        using var api = new HttpClient { BaseAddress = new Uri(host.Address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        (await api.GetStringAsync("/health/ready", Token)).ShouldBe("ready");

        // As after a failover: the connections break, and whoever answers next only lets read.
        var name = new Npgsql.NpgsqlConnectionStringBuilder(database).Database;
        await PostgresCluster.ExecuteAsync(cluster.ConnectionString("postgres"), $"ALTER DATABASE {name} SET default_transaction_read_only = on");
        await PostgresCluster.ExecuteAsync(cluster.ConnectionString("postgres"), $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        for (var i = 0; i < 2; i++)
        {
            using var ready = await api.GetAsync("/health/ready", Token);
            (ready.StatusCode, await ready.Content.ReadAsStringAsync(Token)).ShouldBe((HttpStatusCode.ServiceUnavailable, "not ready: database"));
            using var ordered = await api.PostAsJsonAsync("/api/v1/generations", new { shop = "sample", product = "hand-cream" }, Token);
            ordered.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, host.Output);
            (await ordered.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString().ShouldBe("database_unavailable");
        }

        foreach (var command in (string[][])[["keys", "create", "--name", "other"], ["serve", "--port", "0"]])
        {
            var ended = await RunAsync(database, command);
            ended.ExitCode.ShouldBe(3, ended.Errors);
            (ended.Output + ended.Errors).ShouldNotContain("   at ");
            ended.Errors.ShouldContain("takes no writes");
        }
    }

    private async Task<string> BegunAsync()
    {
        var database = await cluster.NewDatabaseAsync();
        (await RunAsync(database, "products")).ExitCode.ShouldBe(0);
        return database;
    }

    [Fact]
    public async Task a_user_who_may_not_make_tables_is_told_so()
    {
        var database = await cluster.NewDatabaseAsync();
        await PostgresCluster.ExecuteAsync(database, "CREATE ROLE reader LOGIN");
        var ended = await RunAsync(database.Replace("Username=postgres", "Username=reader", StringComparison.Ordinal), "generate", "--product", "hand-cream");
        ended.ExitCode.ShouldBe(3, ended.Errors);
        ended.Errors.ShouldContain("'reader' may not make tables there");
    }

    private Task<Ended> RunAsync(string database, params string[] arguments) => HostProcess.RunAsync([.. arguments, "--data", _data], Settings(database));

    private static Dictionary<string, string> Settings(string connectionString) => new()
    {
        ["PRODUCTVIDEO_ProductVideo__Database__Engine"] = "postgres",
        ["PRODUCTVIDEO_ProductVideo__Database__ConnectionString"] = connectionString,
    };
}
