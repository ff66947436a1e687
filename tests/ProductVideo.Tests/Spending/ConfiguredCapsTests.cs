using Microsoft.Extensions.Configuration;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;
using ProductVideo.Spending;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Spending;

public sealed class ConfiguredCapsTests : IAsyncLifetime
{
    private static readonly ConfiguredCaps Caps = new(new BudgetRules(new Shops([new MemoryShop()]), new VideoProviders([new ScriptedProvider()])));
    private readonly PipelineFixture _pipeline = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public void the_settings_say_what_each_cap_is_for()
    {
        var options = Bind(
            ("TimeZone", "Europe/Berlin"), ("Caps:0:Period", "month"), ("Caps:0:Amount", "100"), ("Caps:0:Currency", "EUR"),
            ("Caps:1:Shop", "test"), ("Caps:1:Period", "Day"), ("Caps:1:Amount", "9.50"), ("Caps:1:Currency", "USD"), ("Caps:1:TimeZone", "UTC"),
            ("Caps:2:Provider", "scripted"), ("Caps:2:Period", "clip"), ("Caps:2:Amount", "0"), ("Caps:2:Currency", "USD"),
            ("Caps:3:Backfills", "true"), ("Caps:3:Period", "ever"), ("Caps:3:Amount", "5"), ("Caps:3:Currency", "USD"),
            ("Caps:4:ApiKey", "pv_abcdef"), ("Caps:4:Period", "day"), ("Caps:4:Amount", "5"), ("Caps:4:Currency", "USD"));

        Caps.Validate(null, options).Succeeded.ShouldBeTrue();
        Caps.Read(options).Select(cap => (cap.Scope, cap.Subject, cap.Period, cap.Cap, cap.TimeZone, cap.FromConfiguration)).ShouldBe(
        [
            (BudgetScope.Everything, null, BudgetPeriod.Month, new Money(100, "EUR"), "Europe/Berlin", true),
            (BudgetScope.Shop, "test", BudgetPeriod.Day, new Money(9.5m, "USD"), "UTC", true),
            (BudgetScope.Provider, "scripted", BudgetPeriod.Clip, new Money(0, "USD"), "Europe/Berlin", true),
            (BudgetScope.Backfill, null, BudgetPeriod.Ever, new Money(5, "USD"), "Europe/Berlin", true),
            (BudgetScope.ApiKey, "pv_abcdef", BudgetPeriod.Day, new Money(5, "USD"), "Europe/Berlin", true),
        ]);
    }

    [Fact]
    public void every_mistake_is_named_at_once_with_its_place()
    {
        var failures = Caps.Validate(null, Bind(
            ("Caps:0:Period", "week"), ("Caps:0:Amount", "-5"), ("Caps:0:Currency", "EURO"),
            ("Caps:1:Period", "day"), ("Caps:1:Amount", "-1"), ("Caps:1:Currency", "EUR"), ("Caps:1:TimeZone", "Mars/Olympus"),
            ("Caps:2:Shop", "test"), ("Caps:2:Provider", "scripted"), ("Caps:2:Period", "day"), ("Caps:2:Amount", "1,5"), ("Caps:2:Currency", "EUR"),
            ("Caps:3:Period", "month"), ("Caps:3:Amount", "1"), ("Caps:3:Currency", "EUR"),
            ("Caps:4:Period", "month"), ("Caps:4:Amount", "2"), ("Caps:4:Currency", "EUR"),
            ("Caps:5:Backfills", "autumn"), ("Caps:5:Period", "2"), ("Caps:5:Amount", "2"), ("Caps:5:Currency", "EUR"))).Failures!.ToList();

        failures.ShouldContain("ProductVideo:Spending:Caps:0:Period 'week' is none. Give one of: clip, day, month, ever.");
        failures.ShouldContain(f => f.StartsWith("ProductVideo:Spending:Caps:0: 'EURO' is no currency.", StringComparison.Ordinal));
        failures.ShouldContain(f => f.StartsWith("ProductVideo:Spending:Caps:0: '-5' is no amount", StringComparison.Ordinal));
        failures.ShouldContain(f => f.StartsWith("ProductVideo:Spending:Caps:1: '-1' is no amount", StringComparison.Ordinal));
        failures.ShouldContain(f => f.Contains("'Mars/Olympus' is no time zone"));
        failures.ShouldContain("ProductVideo:Spending:Caps:2 names more than one of Shop, Provider, ApiKey and Backfills. Make a cap of each.");
        failures.ShouldContain("ProductVideo:Spending:Caps:2:Amount '1,5' is no number. Write it with a point and nothing else, for example 99.50.");
        failures.ShouldContain("ProductVideo:Spending:Caps:4 caps the same as one before it. Keep one of the two.");
        failures.ShouldContain("ProductVideo:Spending:Caps:5:Backfills is true, or left out.");
        failures.ShouldContain("ProductVideo:Spending:Caps:5:Period '2' is none. Give one of: clip, day, month, ever.");
        failures.Count.ShouldBe(10);
    }

    [Theory]
    [InlineData("day, month")]
    [InlineData("clip,day")]
    [InlineData("+1")]
    public void a_period_is_one_word(string period) => Caps.Validate(null, Bind(("Caps:0:Period", period), ("Caps:0:Amount", "1"), ("Caps:0:Currency", "EUR"))).Failures
        .ShouldBe([$"ProductVideo:Spending:Caps:0:Period '{period}' is none. Give one of: clip, day, month, ever."]);

    [Fact]
    public async Task what_is_taken_out_of_the_settings_is_lifted_and_what_a_person_set_stays()
    {
        var budgets = _pipeline.Get<Budgets>();
        await budgets.PutAsync(Cap(BudgetPeriod.Day, 5), Token);
        (await budgets.ConfigureAsync([Cap(BudgetPeriod.Month, 100), Cap(BudgetPeriod.Clip, 2)], LimitsAtStart.Replace, Token)).ShouldBeEmpty();
        (await budgets.ConfigureAsync([Cap(BudgetPeriod.Month, 50)], LimitsAtStart.Replace, Token)).ShouldHaveSingleItem().Period.ShouldBe(BudgetPeriod.Clip);

        (await budgets.ListAsync(shop: null, Token)).Select(room => (room.Budget.Period, room.Budget.Cap.Amount, room.Budget.FromConfiguration))
            .ShouldBe([(BudgetPeriod.Month, 50m, true), (BudgetPeriod.Day, 5m, false)]);
    }

    [Fact]
    public async Task a_process_that_only_visits_leaves_the_caps_and_one_that_orders_may_make_them_stricter()
    {
        var budgets = _pipeline.Get<Budgets>();
        await budgets.PutAsync(Cap(BudgetPeriod.Day, 5), Token);
        await budgets.ConfigureAsync([Cap(BudgetPeriod.Month, 100), Cap(BudgetPeriod.Clip, 2)], LimitsAtStart.Replace, Token);

        await budgets.ConfigureAsync([Cap(BudgetPeriod.Month, 1)], LimitsAtStart.Leave, Token);
        (await AmountsAsync()).ShouldBe([(BudgetPeriod.Month, 100m), (BudgetPeriod.Day, 5m), (BudgetPeriod.Clip, 2m)]);

        await budgets.ConfigureAsync([Cap(BudgetPeriod.Month, 50), Cap(BudgetPeriod.Clip, 3), Cap(BudgetPeriod.Day, 1), Cap(BudgetPeriod.Ever, 900)], LimitsAtStart.Tighten, Token);
        (await AmountsAsync()).ShouldBe([(BudgetPeriod.Ever, 900m), (BudgetPeriod.Month, 50m), (BudgetPeriod.Day, 5m), (BudgetPeriod.Clip, 2m)]);

        async Task<IEnumerable<(BudgetPeriod, decimal)>> AmountsAsync() => (await budgets.ListAsync(shop: null, Token)).Select(room => (room.Budget.Period, room.Budget.Cap.Amount));
    }

    [Fact]
    public async Task a_cap_of_the_settings_can_not_be_changed_or_lifted_elsewhere()
    {
        var budgets = _pipeline.Get<Budgets>();
        await budgets.ConfigureAsync([Cap(BudgetPeriod.Month, 100)], LimitsAtStart.Replace, Token);
        var id = (await budgets.ListAsync(shop: null, Token))[0].Budget.Id;

        (await Should.ThrowAsync<ProductVideo.Generations.RefusedException>(() => budgets.PutAsync(Cap(BudgetPeriod.Month, 1_000), Token))).Problem.Code.ShouldBe("budget_in_settings");
        (await Should.ThrowAsync<ProductVideo.Generations.RefusedException>(() => budgets.DeleteAsync(id, Token))).Problem.Code.ShouldBe("budget_in_settings");
        (await budgets.ListAsync(shop: null, Token))[0].Budget.Cap.Amount.ShouldBe(100);
    }

    private static Budget Cap(BudgetPeriod period, decimal amount) => new(Guid.CreateVersion7(), BudgetScope.Everything, null, period, new Money(amount, "USD"));

    private static SpendingOptions Bind(params (string Key, string Value)[] settings)
    {
        var options = new SpendingOptions();
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build().Bind(options);
        return options;
    }
}
