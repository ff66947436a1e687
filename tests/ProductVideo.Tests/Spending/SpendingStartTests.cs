using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Connecting;
using ProductVideo.Spending;
using ProductVideo.Tests.Jobs;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Spending;

/// <summary>The part of a host's start that reads a cap of the settings on a shop, which may be a connected one.</summary>
public sealed class SpendingStartTests : IAsyncLifetime
{
    private readonly RecordedLog _log = new();
    private readonly PipelineFixture _pipeline;

    public SpendingStartTests() => _pipeline = new PipelineFixture
    {
        Add = services => services.AddLogging(logging => logging.AddProvider(_log)).AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("ProductVideo:Spending:Caps:0:Period", "day"), new("ProductVideo:Spending:Caps:0:Amount", "9"), new("ProductVideo:Spending:Caps:0:Currency", "EUR"),
            new("ProductVideo:Spending:Caps:1:Shop", "woo"), new("ProductVideo:Spending:Caps:1:Period", "day"), new("ProductVideo:Spending:Caps:1:Amount", "5"),
            new("ProductVideo:Spending:Caps:1:Currency", "EUR"),
        ]).Build()),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public async Task a_cap_on_a_connected_shop_holds_from_the_start()
    {
        await _pipeline.Get<ConnectionStore>().AddAsync("woo", "woocommerce", "{}", "unread", "merchant", Token);
        await StartAsync();
        (await _pipeline.Get<Budgets>().ListAsync("woo", Token)).ShouldHaveSingleItem().Budget.Cap.ShouldBe(new Money(5, "EUR"));
    }

    [Fact]
    public async Task a_cap_on_a_shop_that_was_disconnected_since_is_kept_and_told_by_its_place()
    {
        await _pipeline.Get<ConnectionStore>().AddAsync("woo", "woocommerce", "{}", "unread", "merchant", Token);
        await StartAsync();
        Warnings.ShouldBeEmpty();

        await _pipeline.Get<ConnectionStore>().RemoveAsync("woo", Token);
        await _pipeline.Get<ConnectedShops>().LoadAsync(Token);
        await _pipeline.Get<IEnumerable<IHostedService>>().OfType<SpendingStart>().Single().StartAsync(Token);

        Warnings.ShouldBe(
            ["ProductVideo:Spending:Caps:1: There is no shop 'woo' here. The shops are: test. It is kept and caps nothing until that shop is connected"]);
        (await _pipeline.Get<Budgets>().ListAsync("woo", Token)).ShouldHaveSingleItem().Budget.Cap.ShouldBe(new Money(5, "EUR"));
    }

    private IEnumerable<string> Warnings => _log.Lines.Where(line => line.Level is LogLevel.Warning && line.Text.Contains("Spending:Caps", StringComparison.Ordinal)).Select(line => line.Text);

    private async Task StartAsync()
    {
        _pipeline.Get<IStartupValidator>().Validate();
        foreach (var service in _pipeline.Get<IEnumerable<IHostedService>>().Where(service => service is ConnectedShops or SpendingStart))
            await service.StartAsync(Token);
    }
}
