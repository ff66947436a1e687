using System.Text.Json.Nodes;
using ProductVideo.Conformance.Storefronts.WooCommerce;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>The real program films a WooCommerce shop's product and puts the clip on its listing.</summary>
public sealed class MainJobInWooCommerceTests : IAsyncLifetime
{
    private readonly string _data = Checkout.NewFolder();
    private readonly FakeWooCommerce _shop = new();

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
        var images = new JsonArray([.. pictures.Select((file, i) => _shop.AddPicture($"mug-{i}", File.ReadAllBytes(file)))]);
        var mug = _shop.Add("Stoneware mug &amp; saucer", product => product["images"] = images);

        var ended = await GenerateAsync(mug);

        ended.ExitCode.ShouldBe(0, ended.Output + ended.Errors);
        ended.Output.ShouldContain("Stoneware mug & saucer");
        ended.Output.ShouldContain($"On its listing: {_shop.Address}product/product-{mug}/");
        var clip = _shop.Gallery(mug).Single(media => media.IsVideo);
        ((bool?)_shop.VideoOn(mug)["made_with_ai"]).ShouldBe(false, "its photographs were filmed");
        clip.Bytes.ShouldBe(await File.ReadAllBytesAsync(ended.Output.Trim().Split('\n')[^1], TestContext.Current.CancellationToken));
        (ended.Output + ended.Errors).ShouldNotContain(FakeWooCommerce.Password);
    }

    [Fact]
    public async Task a_shop_that_lets_nobody_in_is_told_in_a_sentence()
    {
        var ended = await GenerateAsync(_shop.Add("Mug"), password: "wrong");
        ended.ExitCode.ShouldNotBe(0);
        ended.Errors.ShouldContain("application password");
        ended.Errors.ShouldNotContain("   at ");
    }

    private Task<Ended> GenerateAsync(long product, string password = FakeWooCommerce.Password) => HostProcess.RunAsync(
        ["generate", "--shop", "woo", "--product", $"{product}", "--provider", "local", "--seconds", "5", "--publish", "--wait", "--data", _data],
        new Dictionary<string, string>
        {
            ["PRODUCTVIDEO_ProductVideo__WooCommerce__woo__Url"] = _shop.Address.AbsoluteUri,
            ["PRODUCTVIDEO_ProductVideo__WooCommerce__woo__User"] = FakeWooCommerce.User,
            ["PRODUCTVIDEO_ProductVideo__WooCommerce__woo__ApplicationPassword"] = password,
        });
}
