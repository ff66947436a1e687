using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts;
using ProductVideo.Storefronts.Shopify;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Shopify;

public sealed class ShopifyKindTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddSingleton<IKeepShopTokens, MemoryShopTokens>().AddShopify(new ConfigurationBuilder().Build()).BuildServiceProvider();

    private IStorefrontKind Kind => _services.GetServices<IStorefrontKind>().Single();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void a_shop_is_made_of_what_the_merchant_wrote()
    {
        var values = new Dictionary<string, string>
        {
            ["Url"] = "https://tonwerk.myshopify.com", ["ClientId"] = "id", ["ClientSecret"] = "secret", ["AdminMayOrder"] = "true", ["Place"] = "AfterFirst",
        };
        Kind.Mistakes("tonwerk", values).ShouldBeEmpty();
        var storefront = Kind.Open("tonwerk", values).Storefront;
        (storefront.Shop, storefront.DisplayName).ShouldBe(("tonwerk", "tonwerk.myshopify.com"));
        ((IVouchForVisitors)storefront).Origins.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("Url", "https://www.tonwerk.example")]
    [InlineData("Url", "https://tonwerk.myshopify.com.evil.example")]
    [InlineData("ClientSecret", "")]
    [InlineData("Place", "Everywhere")]
    public void what_is_wrong_is_told_beside_its_field(string field, string value)
    {
        var values = new Dictionary<string, string> { ["Url"] = "https://tonwerk.myshopify.com", ["ClientId"] = "id", ["ClientSecret"] = "secret", [field] = value };
        Kind.Mistakes("tonwerk", values).ShouldHaveSingleItem().Field.ShouldBe(field);
    }

    [Fact]
    public void what_is_secret_is_kept_as_such() =>
        Kind.Fields.Where(field => field.IsSecret).Select(field => field.Name).ShouldBe(["ClientSecret", "EarlierClientSecret", "RefreshToken"]);
}
