using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ProductVideo.Backfills;
using ProductVideo.Conformance.Databases;
using ProductVideo.Data;
using ProductVideo.Pipeline;
using ProductVideo.Webhooks.Outgoing;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Data;

public sealed partial class SqliteConformanceTests : DatabaseConformance
{
    /// <summary>A file in the fact's own data folder.</summary>
    protected override Task<DatabaseOptions> EmptyDatabaseAsync() => Task.FromResult(new DatabaseOptions());

    [Fact]
    public Task an_active_fingerprint_is_looked_up_in_its_index() =>
        ShouldUseAsync("one_active_generation_per_fingerprint", db => db.Generations.Where(row => row.Fingerprint == "x" && row.Active));

    [Theory]
    [InlineData(null)]
    [InlineData("test")]
    public Task few_that_wait_for_a_look_are_found_among_a_million(string? shop) =>
        ShouldUseAsync("generations_to_review", db => ReviewQueue.Oldest(db, shop, Guid.NewGuid()));

    [Theory]
    [InlineData(null, null, "generations_named")]
    [InlineData("test", null, "IX_generations_Shop_CreatedAt_Id")]
    [InlineData("test", "Failed", "IX_generations_Shop_CreatedAt_Id")]
    [InlineData(null, "AwaitingReview", "generations_to_review")]
    [InlineData("test", "AwaitingReview", "generations_to_review")]
    public Task a_page_of_videos_is_read_without_sorting_all_of_them(string? shop, string? state, string index) =>
        ShouldUseAsync(index, db => GenerationLists.Rows(db, new GenerationFilter(Shop: shop, State: state)));

    [Theory]
    [InlineData(null, null)]
    [InlineData("test", null)]
    [InlineData(null, "Failed")]
    [InlineData("test", "Failed")]
    public Task a_search_goes_through_the_names_alone_in_the_lists_order(string? shop, string? state) =>
        ShouldUseAsync("generations_named", db => GenerationLists.Found(db, new GenerationFilter(Shop: shop, State: state, Search: "stoneware mug")));

    [Fact]
    public Task whether_the_very_clip_is_published_is_asked_of_an_index_of_what_is() =>
        ShouldUseAsync("generations_published", db => GenerationStore.Published(db, "x"));

    [Fact]
    public Task the_week_of_a_shop_is_counted_by_its_own_backfills() =>
        ShouldUseAsync("IX_backfills_Shop_CreatedAt", db => WeekQuota.Ordered(db, "test", DateTimeOffset.UnixEpoch), "COVERING INDEX IX_backfill_items_BackfillId_OrderedAt");

    [Fact]
    public Task the_most_urgent_backfill_is_sought_among_those_that_are_due_and_not_among_all_that_ever_were() =>
        ShouldUseAsync("IX_backfills_Priority_DueAt", db => BackfillStore.MostUrgentFirst(BackfillStore.Free(db, DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch), "TEMP B-TREE FOR ORDER BY");

    [Fact]
    public async Task what_is_sent_next_to_an_endpoint_is_the_first_of_its_index()
    {
        const string Index = "IX_webhook_attempts_EndpointId_DueAt_EventId";
        await ShouldUseAsync(Index, db => AttemptStore.Due(db, Guid.NewGuid(), DateTimeOffset.UnixEpoch));
        await ShouldUseAsync("SCAN w", db => AttemptStore.Firsts(db, db.WebhookEndpoints, DateTimeOffset.UnixEpoch), "CORRELATED", Index);
    }

    private async Task ShouldUseAsync<T>(string index, Func<ProductVideoDb, IQueryable<T>> query, params string[] then)
    {
        await using var db = await Database.OpenAsync();
        // Parameters are written beforehand, as the SQLite shell takes them.
        var sql = string.Join('\n', query(db).ToQueryString().Split('\n').Where(line => !line.StartsWith(".param", StringComparison.Ordinal)));
        await db.Database.OpenConnectionAsync();
        await using var explain = db.Database.GetDbConnection().CreateCommand();
        explain.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in Parameter().Matches(sql).Select(match => match.Value).Distinct(StringComparer.Ordinal))
        {
            var parameter = explain.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, "");
            explain.Parameters.Add(parameter);
        }

        await using var plan = await explain.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await plan.ReadAsync())
            steps.Add(plan.GetString(plan.GetOrdinal("detail")));
        steps[0].ShouldContain(index);
        foreach (var step in steps.Skip(1 + then.Length))
            step.ShouldNotContain("TEMP B-TREE");
        for (var i = 0; i < then.Length; i++)
            steps[i + 1].ShouldContain(then[i]);
    }

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();
}
