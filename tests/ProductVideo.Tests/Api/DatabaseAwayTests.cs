using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Data;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

/// <summary>While the database is away, not even the key of a caller can be looked for.</summary>
public sealed class DatabaseAwayTests : IAsyncLifetime
{
    private const int Busy = 5;

    private readonly ApiFixture _api;
    private bool _away;

    public DatabaseAwayTests() => _api = new ApiFixture
    {
        Add = services => services.AddSingleton<IDbContextFactory<ProductVideoDb>>(all => new Leaving(all.GetRequiredService<IDatabaseEngine>(), () => _away)),
    };

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/budgets")]
    [InlineData("/api/v1/clips/0198a000-0000-7000-8000-000000000000")]
    [InlineData("/api/v1/openapi/productvideo.json")]
    public async Task a_caller_is_told_to_come_again_and_not_that_the_key_is_wrong(string address)
    {
        var client = await _api.CallerAsync();

        _away = true;
        var answer = await client.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await ApiFixture.JsonAsync(answer)).Text("code").ShouldBe("database_unavailable");

        _away = false;
        (await client.GetAsync(address)).StatusCode.ShouldNotBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task a_stranger_is_still_a_stranger()
    {
        _away = true;
        (await _api.Stranger().GetAsync("/api/v1/budgets")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private sealed class Leaving(IDatabaseEngine engine, Func<bool> away) : IDbContextFactory<ProductVideoDb>
    {
        public ProductVideoDb CreateDbContext() => away() ? throw new SqliteException("database is locked", Busy) : engine.CreateDbContext();
    }
}
