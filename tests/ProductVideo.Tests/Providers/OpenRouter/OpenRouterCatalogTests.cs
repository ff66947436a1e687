using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProductVideo.Blobs;
using ProductVideo.Conformance.Providers.OpenRouter;
using ProductVideo.Providers.OpenRouter;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.OpenRouter;

public sealed class OpenRouterCatalogTests : IAsyncLifetime
{
    private readonly RemoteParts _parts = new();
    private readonly FakeOpenRouter _fake;
    private readonly Warnings _warnings = new();

    public OpenRouterCatalogTests() => _fake = new FakeOpenRouter { Clock = _parts.Clock };

    public async ValueTask InitializeAsync() => await _fake.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _fake.DisposeAsync();
        _parts.Dispose();
    }

    private OpenRouterCatalog Catalog(params string[] models) => _parts.Catalog(OpenRouterParts.Options(_fake, models), _warnings);

    private Task<bool> ReadAsync(OpenRouterCatalog catalog) => catalog.ReadAsync(TestContext.Current.CancellationToken);

    [Fact]
    public async Task what_is_wanted_and_listed_is_offered_in_the_order_of_the_settings()
    {
        var catalog = Catalog(OpenRouterModels.ByToken, "nobody/nothing", OpenRouterModels.Upscaler, OpenRouterModels.BySound);
        catalog.Offered.ShouldBeEmpty();
        (await ReadAsync(catalog)).ShouldBeTrue();
        catalog.Offered.ShouldBe([OpenRouterModels.ByToken, OpenRouterModels.BySound]);
        _warnings.Said.ShouldBe(
        [
            "OpenRouter's model nobody/nothing is not offered: the list does not name it",
            $"OpenRouter's model {OpenRouterModels.Upscaler} is not offered: it does not say that it takes a picture as its first frame",
        ]);
    }

    [Fact]
    public async Task a_reason_is_said_once_and_again_only_when_it_changes()
    {
        var catalog = Catalog(OpenRouterModels.BySound, "nobody/nothing");
        await ReadAsync(catalog);
        await ReadAsync(catalog);
        _warnings.Said.Count.ShouldBe(1);
        _fake.Models!.Add((JsonNode)OpenRouterModels.Model("nobody/nothing", ["720p"], null, [5], null, null, null, ("moon_phase", "1")));
        await ReadAsync(catalog);
        _warnings.Said[^1].ShouldBe("OpenRouter's model nobody/nothing is not offered: these of its prices can't be read: moon_phase");
    }

    [Fact]
    public async Task a_start_while_openrouter_is_away_knows_the_list_that_was_kept_and_the_day_of_its_prices()
    {
        await ReadAsync(Catalog());
        var written = (await _parts.Blobs.FindAsync(OpenRouterCatalog.BlobKey, TestContext.Current.CancellationToken)).ShouldNotBeNull().WrittenAt;
        _fake.Models = null;
        var catalog = Catalog();
        using var reader = new OpenRouterCatalogReader(catalog, _parts.Clock);
        await reader.StartingAsync(TestContext.Current.CancellationToken);
        catalog.Offered.ShouldBe([OpenRouterModels.BySound]);
        catalog.Find(OpenRouterModels.BySound)!.Value.Day.ShouldBe(DateOnly.FromDateTime(written.UtcDateTime));
        _warnings.Said.ShouldHaveSingleItem().ShouldContain("could not be read; 1 stay as they were known");
    }

    [Fact]
    public async Task without_either_nothing_is_offered_and_nothing_breaks()
    {
        _fake.Models = null;
        var catalog = Catalog();
        using var reader = new OpenRouterCatalogReader(catalog, _parts.Clock);
        await reader.StartingAsync(TestContext.Current.CancellationToken);
        catalog.Offered.ShouldBeEmpty();
        _parts.Provider(OpenRouterParts.Options(_fake), catalog).Models.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{}]")]
    [InlineData("[7, null]")]
    public async Task a_list_of_nothing_takes_no_model_away(string list)
    {
        var catalog = Catalog();
        await ReadAsync(catalog);
        _fake.Models = (JsonArray)JsonNode.Parse(list)!;
        (await ReadAsync(catalog)).ShouldBeFalse();
        catalog.Offered.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task an_entry_that_can_not_be_read_takes_no_other_with_it()
    {
        _fake.Models!.Insert(0, JsonNode.Parse("""{"id":"odd/one","supported_durations":"long"}"""));
        var catalog = Catalog();
        await ReadAsync(catalog);
        catalog.Offered.ShouldBe([OpenRouterModels.BySound]);
    }

    [Fact]
    public async Task a_kept_list_that_can_not_be_read_is_as_none()
    {
        using var rubbish = new MemoryStream(Encoding.UTF8.GetBytes("<h1>Welcome</h1>"));
        await _parts.Blobs.PutAsync(OpenRouterCatalog.BlobKey, rubbish, "application/json", PutMode.Replace, TestContext.Current.CancellationToken);
        var catalog = Catalog();
        await catalog.ReadKeptAsync(TestContext.Current.CancellationToken);
        catalog.Offered.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_model_that_left_the_list_takes_no_orders_but_is_still_known_to_what_runs()
    {
        var catalog = Catalog(OpenRouterModels.BySound, OpenRouterModels.ByToken);
        await ReadAsync(catalog);
        _fake.Models!.RemoveAt(0);
        await ReadAsync(catalog);
        catalog.Offered.ShouldBe([OpenRouterModels.ByToken]);
        _parts.Provider(OpenRouterParts.Options(_fake), catalog).Capabilities(OpenRouterModels.BySound).Resolutions.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task a_list_that_hangs_keeps_no_host_from_starting()
    {
        _fake.ListHangs = true;
        var asked = _fake.NextListRead();
        var catalog = Catalog();
        using var reader = new OpenRouterCatalogReader(catalog, _parts.Clock);
        var starting = reader.StartingAsync(TestContext.Current.CancellationToken);
        await asked;
        _parts.Clock.Advance(TimeSpan.FromSeconds(10));
        await starting;
        _warnings.Said.ShouldHaveSingleItem().ShouldContain("within 10 seconds");
    }

    [Fact]
    public async Task it_is_read_again_in_an_hour_and_sooner_while_it_can_not_be_had()
    {
        _fake.Models = null;
        using var reader = new OpenRouterCatalogReader(Catalog(), _parts.Clock);
        await reader.StartingAsync(TestContext.Current.CancellationToken);
        reader.Pause.ShouldBe(TimeSpan.FromMinutes(5));
        _fake.Models = OpenRouterModels.All();
        await reader.StartingAsync(TestContext.Current.CancellationToken);
        reader.Pause.ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task it_goes_on_being_read_while_the_host_runs()
    {
        using var reader = new OpenRouterCatalogReader(Catalog(), _parts.Clock);
        await reader.StartAsync(TestContext.Current.CancellationToken);
        for (var times = 0; times < 2; times++)
            await PassAsync(_fake.NextListRead());
        await reader.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void it_is_read_before_anything_of_the_host_starts()
    {
        var services = new ServiceCollection();
        services.AddOpenRouter();
        services.AddOpenRouter();
        var reader = services.Where(service => service.ServiceType == typeof(IHostedService)).ShouldHaveSingleItem();
        typeof(IHostedLifecycleService).IsAssignableFrom(reader.ImplementationType).ShouldBeTrue();
    }

    /// <summary>Lets minutes pass until it is done; the reader may begin its pause at any moment.</summary>
    private async Task PassAsync(Task done)
    {
        while (!done.IsCompleted)
        {
            _parts.Clock.Advance(TimeSpan.FromMinutes(5));
            await Task.WhenAny(done, Task.Delay(TimeSpan.FromMilliseconds(1)));
        }
    }

    private sealed class Warnings : ILogger<OpenRouterCatalog>
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel is LogLevel.Warning)
                Said.Add(formatter(state, exception));
        }
    }
}
