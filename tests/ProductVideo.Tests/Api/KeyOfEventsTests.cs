using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Data;
using ProductVideo.Security;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

/// <summary>Server-sent events end with the key that asked for them.</summary>
public sealed class KeyOfEventsTests : IAsyncLifetime
{
    /// <summary>For a loaded machine; nothing waits for it.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly ApiFixture _api;

    public KeyOfEventsTests() => _api = new ApiFixture { Add = services => services.AddSingleton<TimeProvider>(_clock) };

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/generations", """{"shop":"test","product":"mug","provider":"scripted","aspect":"1:1","seconds":5}""")]
    [InlineData(BackfillCalls.Address, """{"name":"all of it"}""")]
    public async Task they_end_within_a_minute_once_it_is_revoked(string of, string order)
    {
        var client = await _api.CallerAsync();
        using var events = await OpenAsync(client, of, order);

        (await _api.Get<ApiKeys>().RevokeAsync(client.DefaultRequestHeaders.Authorization!.Parameter![..9], CancellationToken.None)).ShouldBe(1);
        _clock.Advance(TimeSpan.FromMinutes(1));

        await EndOf(events);
    }

    [Fact]
    public async Task they_end_within_a_minute_once_it_has_expired()
    {
        var key = await _api.Get<ApiKeys>().CreateAsync("short", Scopes.All, shop: null, TimeSpan.FromMinutes(2), CancellationToken.None);
        var client = _api.Stranger();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var events = await OpenAsync(client, "/api/v1/generations", """{"shop":"test","product":"mug","provider":"scripted","aspect":"1:1","seconds":5}""");

        _clock.Advance(TimeSpan.FromMinutes(3));

        await EndOf(events);
    }

    [Fact]
    public async Task they_last_no_longer_than_a_session_even_while_the_key_is_good()
    {
        var client = await _api.CallerAsync();
        using var events = await OpenAsync(client, BackfillCalls.Address, """{"name":"all of it"}""");

        _clock.Advance(KeyWatch.Longest);

        await EndOf(events);
        (await client.GetAsync("/api/v1/budgets")).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task a_key_that_is_good_is_looked_at_again_each_minute()
    {
        await _api.CallerAsync();
        var key = (await _api.Get<ApiKeys>().ListAsync(CancellationToken.None)).ShouldHaveSingleItem();
        var caller = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, key.Id.ToString("n"))]));
        using var looks = new SemaphoreSlim(0);
        var watch = new KeyWatch(new ApiKeys(new Counted(_api.Get<IDatabaseEngine>(), looks), _api.Get<KeyRules>(), _clock, NullLogger<ApiKeys>.Instance), _clock);
        using var left = new CancellationTokenSource();
        var end = watch.EndOfAsync(caller, left.Token);

        for (var minute = 0; minute < 3; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            (await looks.WaitAsync(Bound, TestContext.Current.CancellationToken)).ShouldBeTrue();
        }

        await left.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => end);
    }

    /// <summary>Events whose first has come: the watch over the key has begun.</summary>
    private static async Task<StreamReader> OpenAsync(HttpClient client, string of, string order)
    {
        var made = await client.PostAsync(of, new StringContent(order, System.Text.Encoding.UTF8, "application/json"));
        made.IsSuccessStatusCode.ShouldBeTrue(await made.Content.ReadAsStringAsync());
        var stream = await client.GetAsync($"{of}/{(await ApiFixture.JsonAsync(made)).Text("id")}/events", HttpCompletionOption.ResponseHeadersRead);
        var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is not "")
        {
            // The lines of the first event.
        }

        return reader;
    }

    private static Task EndOf(StreamReader events) => events.ReadToEndAsync().WaitAsync(Bound, TestContext.Current.CancellationToken);

    private sealed class Counted(IDatabaseEngine engine, SemaphoreSlim looks) : IDbContextFactory<ProductVideoDb>
    {
        public ProductVideoDb CreateDbContext()
        {
            looks.Release();
            return engine.CreateDbContext();
        }
    }
}
