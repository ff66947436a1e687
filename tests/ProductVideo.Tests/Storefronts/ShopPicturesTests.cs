using ProductVideo.Catalog;
using ProductVideo.Http;
using ProductVideo.Storefronts.Shopify;
using ProductVideo.Storefronts.WooCommerce;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts;

/// <summary>From where the pictures of a shop may be fetched, as its settings say.</summary>
public sealed class ShopPicturesTests
{
    [Theory]
    [InlineData("http://localhost", "http://localhost/front.jpg")]
    [InlineData("https://localhost/shop", "https://localhost/shop/front.jpg")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/front.jpg")]
    [InlineData("http://[::1]", "http://[::1]/front.jpg")]
    public void a_shop_on_this_machine_gives_its_pictures_at_whatever_port(string url, string picture) =>
        DownloadRules.IsLoopbackAllowed(new Uri(picture), Policy(new WooCommerceOptions { Url = new Uri(url) }.Pictures)).ShouldBeTrue();

    [Fact]
    public void so_does_a_stand_in_for_shopify() =>
        DownloadRules.IsLoopbackAllowed(new Uri("http://127.0.0.1/a.jpg"), Policy(new ShopifyOptions { Address = new Uri("http://127.0.0.1") }.Pictures)).ShouldBeTrue();

    [Theory]
    [InlineData("http://192.168.1.20", "http://192.168.1.20/front.jpg")]
    [InlineData("http://shop.lan:8080", "http://shop.lan:8080/front.jpg")]
    public void a_shop_in_a_private_network_gives_its_pictures_where_the_operator_allows_http(string url, string picture)
    {
        DownloadRules.IsInsideAllowed(new Uri(picture), Policy(new WooCommerceOptions { Url = new Uri(url), AllowHttp = true }.Pictures)).ShouldBeTrue();
        DownloadRules.IsInsideAllowed(new Uri(picture), Policy(new WooCommerceOptions { Url = new Uri(url) }.Pictures)).ShouldBeFalse();
    }

    private static DownloadPolicy Policy(PictureRules rules) => new ShopDownloads { ["shop"] = rules }.ForImagesOf("shop");
}
