using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts.Shopify;
using ProductVideo.Storefronts.Shopify;
using ProductVideo.Webhooks;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Shopify;

public sealed class ShopifyWebhookTests
{
    private readonly ShopifyOptions _options = new() { Shop = "tonwerk", Url = new Uri($"https://{FakeShopify.Domain}"), ClientId = FakeShopify.ClientId, ClientSecret = FakeShopify.ClientSecret };

    [Theory]
    [InlineData("products/create", typeof(ShopNews.ProductsChanged))]
    [InlineData("products/update", typeof(ShopNews.ProductsChanged))]
    [InlineData("products/delete", typeof(ShopNews.ProductsRemoved))]
    [InlineData("app/uninstalled", typeof(ShopNews.Uninstalled))]
    [InlineData("shop/redact", typeof(ShopNews.Uninstalled))]
    [InlineData("bulk_operations/finish", typeof(ShopNews.Other))]
    public void a_call_is_read_by_its_topic(string topic, Type news)
    {
        var call = ShopifyCalls.Make(topic, """{"id":13}""");
        ShopifyWebhooks.Verify(call, _options).ShouldBe(new WebhookVerdict.Accepted("b54557e4-bdd9-4b37-8a5f-bf7d70bcd043"));
        ShopifyWebhooks.Read(call).ShouldBeOfType(news);
    }

    [Theory]
    [InlineData("customers/data_request")]
    [InlineData("customers/redact")]
    public void of_customers_nothing_is_kept_and_an_unsigned_question_is_refused_all_the_same(string topic)
    {
        const string body = """{"shop_domain":"tonwerk.myshopify.com","customer":{"email":"a@b.example"}}""";
        ShopifyWebhooks.Verify(ShopifyCalls.Make(topic, body), _options).ShouldBeOfType<WebhookVerdict.Ignored>();
        ShopifyWebhooks.Verify(ShopifyCalls.Make(topic, body, secret: "guessed"), _options).ShouldBeOfType<WebhookVerdict.Refused>();
    }

    [Fact]
    public void two_secrets_are_good_while_one_is_rotated()
    {
        var call = ShopifyCalls.Make("products/update", """{"id":13}""", secret: "of before");
        ShopifyWebhooks.Verify(call, _options).ShouldBeOfType<WebhookVerdict.Refused>();
        _options.EarlierClientSecret = "of before";
        ShopifyWebhooks.Verify(call, _options).ShouldBeOfType<WebhookVerdict.Accepted>();
        ShopifyWebhooks.Verify(ShopifyCalls.Make("products/update", """{"id":13}"""), _options).ShouldBeOfType<WebhookVerdict.Accepted>();
    }

    [Fact]
    public void a_call_about_another_shop_of_the_same_app_is_refused() =>
        ShopifyWebhooks.Verify(ShopifyCalls.Make("app/uninstalled", "{}", shop: "other.myshopify.com"), _options).ShouldBeOfType<WebhookVerdict.Refused>();

    [Fact]
    public void headers_without_their_first_letter_are_known_too() =>
        ShopifyWebhooks.Verify(ShopifyCalls.Make("products/update", """{"id":13}""", prefix: "Shopify-"), _options).ShouldBeOfType<WebhookVerdict.Accepted>();
}
