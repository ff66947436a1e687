using Microsoft.EntityFrameworkCore;
using ProductVideo.Conformance.Databases;
using ProductVideo.Data;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Data;

public sealed class SqliteConformanceTests : DatabaseConformance
{
    /// <summary>A file in the fact's own data folder.</summary>
    protected override Task<DatabaseOptions> EmptyDatabaseAsync() => Task.FromResult(new DatabaseOptions());

    [Fact]
    public async Task an_active_fingerprint_is_looked_up_in_its_index()
    {
        await using var db = await Database.OpenAsync();
        var query = db.Generations.Where(row => row.Fingerprint == "x" && row.Active).ToQueryString();
        await db.Database.OpenConnectionAsync();
        await using var explain = db.Database.GetDbConnection().CreateCommand();
        explain.CommandText = "EXPLAIN QUERY PLAN " + query;
        await using var plan = await explain.ExecuteReaderAsync();
        (await plan.ReadAsync()).ShouldBeTrue();
        plan.GetString(plan.GetOrdinal("detail")).ShouldContain("one_active_generation_per_fingerprint");
    }
}
