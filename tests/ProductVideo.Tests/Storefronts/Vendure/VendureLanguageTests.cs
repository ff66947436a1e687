using System.Text.Json.Nodes;
using ProductVideo.Conformance.Storefronts.Vendure;
using ProductVideo.Storefronts.Vendure;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Vendure;

/// <summary>In which language a shop's texts are read.</summary>
public sealed class VendureLanguageTests : IAsyncLifetime
{
    private VendureParts _parts = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FakeVendure Fake => _parts.Fake;

    public async ValueTask InitializeAsync() => _parts = await VendureParts.StartAsync();

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    [Theory]
    [InlineData("de-DE", "de", "Becher")]
    [InlineData("de", "de", "Becher")]
    [InlineData("DE-at", "de_AT", "Häferl")]
    [InlineData("en-GB", "en", "Mug")]
    [InlineData("pt-BR", "pt_BR", "Mug")]
    public async Task a_shop_is_asked_in_a_language_that_it_has(string locale, string asked, string title)
    {
        Fake.Languages.Add("de_AT");
        var mug = Fake.Add("Mug", product => product["translations"] = new JsonObject
        {
            ["de"] = new JsonObject { ["name"] = "Becher" }, ["de_AT"] = new JsonObject { ["name"] = "Häferl" },
        });
        _parts.Options.Locale = locale;
        _parts.Options.Url = new Uri(Fake.Address, "/admin-api/");
        var (first, second) = (await _parts.Storefront.ReadAsync(mug, Token), await _parts.Storefront.ReadAsync(mug, Token));
        (first!.Title, first.Locale, second!.Title).ShouldBe((title, locale, title));
        Fake.Requests.Zip(Fake.Addresses).Where(one => one.First == "Product").Select(one => one.Second).ShouldBe(Enumerable.Repeat($"/admin-api?languageCode={asked}", 2));
        Fake.Requests.Count(request => request == "Languages").ShouldBe(1, "once is enough");
    }

    [Fact]
    public async Task without_a_language_in_the_settings_the_shop_answers_in_its_own()
    {
        (await _parts.Storefront.ReadAsync(Fake.Add("Mug"), Token)).ShouldNotBeNull();
        Fake.Requests.ShouldNotContain("Languages");
        Fake.Addresses.ShouldAllBe(address => address == "/admin-api");
        (await _parts.Storefront.CheckAccessAsync(Token)).ShouldNotContain(check => check.Right.StartsWith("Listings", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_language_that_the_shop_does_not_have_is_told_by_the_test_of_the_connection_until_it_has_it()
    {
        var mug = Fake.Add("Mug", product => product["translations"] = new JsonObject { ["fr"] = new JsonObject { ["name"] = "Tasse" } });
        _parts.Options.Locale = "fr-FR";
        (await _parts.Storefront.ReadAsync(mug, Token))!.Title.ShouldBe("Mug");
        var missing = (await _parts.Storefront.CheckAccessAsync(Token)).Where(check => !check.IsGranted).ShouldHaveSingleItem();
        missing.Right.ShouldBe("Listings in fr-FR");
        missing.WayOut!.ShouldContain("en, de");

        Fake.Languages.Add("fr");
        (await _parts.Storefront.CheckAccessAsync(Token)).ShouldAllBe(check => check.IsGranted);
        (await _parts.Storefront.ReadAsync(mug, Token))!.Title.ShouldBe("Tasse");
    }
}
