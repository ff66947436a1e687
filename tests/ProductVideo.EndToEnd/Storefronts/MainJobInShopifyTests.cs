using ProductVideo.Conformance.Storefronts.Shopify;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>The real program films a Shopify shop's product and puts the clip on its listing.</summary>
public sealed class MainJobInShopifyTests : IAsyncLifetime
{
    private readonly string _data = Checkout.NewFolder();
    private readonly FakeShopify _shop = new();

    public async ValueTask InitializeAsync() => await _shop.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _shop.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task from_order_to_listing()
    {
        var pictures = Directory.EnumerateFiles(Path.Combine(Checkout.SampleShop, "images", "stoneware-mug"), "*.jpg").Order(StringComparer.Ordinal).Take(2);
        var mug = _shop.Add("Stoneware mug & saucer", change: null, [.. pictures.Select(File.ReadAllBytes)]);

        var ended = await GenerateAsync(mug.Id);

        ended.ExitCode.ShouldBe(0, ended.Output + ended.Errors);
        ended.Output.ShouldContain("Stoneware mug & saucer");
        ended.Output.ShouldContain($"On its listing: https://{FakeShopify.Domain}/products/{mug.Id}");
        _shop.Gallery(mug.Id).Select(media => media.IsVideo).ShouldBe([false, true, false], "it stands behind the first picture");
        var clip = _shop.Gallery(mug.Id).Single(media => media.IsVideo);
        clip.Bytes.ShouldBe(await File.ReadAllBytesAsync(ended.Output.Trim().Split('\n')[^1], TestContext.Current.CancellationToken));
        _shop.Videos.Single().Alt.ShouldBe("Stoneware mug & saucer", "its photographs were filmed");
        (ended.Output + ended.Errors).ShouldNotContain(FakeShopify.ClientSecret);
    }

    [Fact]
    public async Task a_shop_that_lets_nobody_in_is_told_in_a_sentence()
    {
        var ended = await GenerateAsync(_shop.Add("Mug").Id, secret: "wrong");
        ended.ExitCode.ShouldNotBe(0);
        ended.Errors.ShouldContain("client secret");
        ended.Errors.ShouldNotContain("   at ");
    }

    private Task<Ended> GenerateAsync(long product, string secret = FakeShopify.ClientSecret) => HostProcess.RunAsync(
        ["generate", "--shop", "tonwerk", "--product", $"{product}", "--provider", "local", "--seconds", "5", "--publish", "--wait", "--data", _data],
        new Dictionary<string, string>
        {
            ["PRODUCTVIDEO_ProductVideo__Shopify__tonwerk__Url"] = $"https://{FakeShopify.Domain}",
            ["PRODUCTVIDEO_ProductVideo__Shopify__tonwerk__Address"] = _shop.Address.AbsoluteUri,
            ["PRODUCTVIDEO_ProductVideo__Shopify__tonwerk__ClientId"] = FakeShopify.ClientId,
            ["PRODUCTVIDEO_ProductVideo__Shopify__tonwerk__ClientSecret"] = secret,
            ["PRODUCTVIDEO_ProductVideo__Shopify__tonwerk__Place"] = "AfterFirst",
        });
}
