using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Accounts;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

/// <summary>What a shop's plugin does: ask for the price, and order at that price and no other.</summary>
public sealed class AgreedPriceTests : IAsyncLifetime
{
    private readonly ScriptedProvider _second = new() { Key = "second", PerSecond = 0.6m };
    private readonly ApiFixture _api;
    private HttpClient _client = default!;

    public AgreedPriceTests() => _api = new ApiFixture { Add = services => services.AddSingleton<IVideoProvider>(_second) };

    public async ValueTask InitializeAsync()
    {
        await _api.InitializeAsync();
        _client = await _api.CallerAsync();
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task a_preview_is_of_what_the_api_would_order_and_names_what_stand_ins_cost()
    {
        await ListAsync(new { provider = "second", only = new { origins = new[] { "click" } } }, new { provider = "scripted" }, new { provider = "second" });
        var preview = await PreviewAsync();
        (preview.Text("provider"), preview.GetProperty("price").GetProperty("amount").GetDecimal()).ShouldBe(("scripted", 0.7m));
        var upTo = preview.GetProperty("upTo").EnumerateArray().ShouldHaveSingleItem();
        (upTo.GetProperty("amount").GetDecimal(), upTo.Text("currency")).ShouldBe((3m, "USD"));

        (await OrderAsync(upTo, 202)).Text("provider").ShouldBe("scripted");
    }

    [Fact]
    public async Task nobody_dearer_than_was_agreed_to_makes_it()
    {
        await ListAsync(new { provider = "scripted" }, new { provider = "second" });
        var price = (await PreviewAsync()).GetProperty("price");
        await BackfillCalls.SendAsync(
            _client, HttpMethod.Put, "/api/v1/budgets", new { scope = "provider", subject = "scripted", period = "month", amount = 0.5, currency = "USD" }, 200);
        await _api.Get<SubmitSwitches>().PauseAsync(SubmitSwitches.Provider("local"), "Kim", "Not now.", TestContext.Current.CancellationToken);

        var refused = await OrderAsync(price, 409);
        refused.Text("code").ShouldBe("price_not_agreed");
        refused.GetProperty("prices")[0].GetProperty("amount").GetDecimal().ShouldBe(3);
        refused.Text("detail").ShouldContain("second makes this video for 3.00 USD now, and 0.70 USD was agreed to.");
        (await _api.Get<VideoGenerations>().ListAsync(new GenerationFilter("test"), TestContext.Current.CancellationToken)).ShouldBeEmpty();

        (await OrderAsync(refused.GetProperty("prices")[0], 202)).Text("provider").ShouldBe("second");
    }

    [Fact]
    public async Task the_first_video_of_a_product_and_a_new_one_obey_it_too()
    {
        object cheap = new { provider = "scripted", aspect = "1:1", seconds = 5, agreed = new[] { new { amount = 0.6, currency = "USD" } } };
        (await BackfillCalls.PostAsync(_client, "/api/v1/products/mug/generations?shop=test", cheap, 409)).Text("code").ShouldBe("price_not_agreed");

        var made = (await BackfillCalls.PostAsync(_client, "/api/v1/generations", ApiFixture.MugOrder, 202)).Text("id");
        await BackfillCalls.PostAsync(_client, $"/api/v1/generations/{made}/cancel", new { }, 200);
        await _api.Get<Advance>().RunAsync(Guid.Parse(made), TestContext.Current.CancellationToken);
        var free = new { agreed = Array.Empty<object>() };
        (await BackfillCalls.PostAsync(_client, $"/api/v1/generations/{made}/retry", free, 409)).Text("code").ShouldBe("price_not_agreed");
        await BackfillCalls.PostAsync(_client, $"/api/v1/generations/{made}/retry", new { agreed = new[] { new { amount = 0.7, currency = "USD" } } }, 200);
    }

    [Theory]
    [InlineData("""[{"amount":1}]""", "agreed[0]")]
    [InlineData("""[null]""", "agreed[0]")]
    [InlineData("""[{"amount":1,"currency":"USD"},{"amount":2,"currency":"USD"}]""", "agreed")]
    public async Task what_is_no_price_is_refused_by_its_field(string agreed, string field)
    {
        var refused = await BackfillCalls.PostAsync(
            _client, "/api/v1/generations", new { shop = "test", product = "mug", agreed = JsonSerializer.Deserialize<JsonElement>(agreed) }, 400);
        refused.Text("field").ShouldBe(field);
    }

    private Task<JsonElement> PreviewAsync() => BackfillCalls.PostAsync(_client, "/api/v1/products/test/mug/preview", new { aspect = "1:1", seconds = 5 }, 200);

    private Task<JsonElement> OrderAsync(JsonElement agreed, int status) =>
        BackfillCalls.PostAsync(_client, "/api/v1/generations", new { shop = "test", product = "mug", aspect = "1:1", seconds = 5, agreed = new[] { agreed } }, status);

    private async Task ListAsync(params object[] choices) =>
        (await _client.PutAsJsonAsync("/api/v1/shops/test/providers", new { choices }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
}
