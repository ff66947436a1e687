using ProductVideo.Bridge;
using ProductVideo.Conformance.Storefronts.NopCommerce;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>The real program films a nopCommerce shop's product and puts the clip on its listing, through the plugin's own bridge.</summary>
public sealed class MainJobInNopCommerceTests : IAsyncLifetime
{
    private readonly string _data = Checkout.NewFolder();
    private readonly FakeNopCommerce _shop = new();

    public async ValueTask InitializeAsync() => await _shop.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _shop.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task from_order_to_listing()
    {
        var pictures = Directory.EnumerateFiles(Path.Combine(Checkout.SampleShop, "images", "stoneware-mug"), "*.jpg").Order(StringComparer.Ordinal).Take(2)
            .Select(file => _shop.Catalogue.AddPicture(Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file))).ToList();
        var mug = _shop.Add("Stoneware mug & saucer", product => product with { Pictures = pictures });

        var ended = await GenerateAsync(mug, _shop.Secret);

        ended.ExitCode.ShouldBe(0, ended.Output + ended.Errors);
        ended.Output.ShouldContain("Stoneware mug & saucer");
        ended.Output.ShouldContain($"On its listing: {_shop.Address}product-{mug}");
        _shop.Rows.All.ShouldHaveSingleItem().MadeWithAi.ShouldBeFalse("its photographs were filmed");
        _shop.Gallery(mug).Single(media => media.IsVideo).Bytes.ShouldBe(
            await File.ReadAllBytesAsync(ended.Output.Trim().Split('\n')[^1], TestContext.Current.CancellationToken));
        (ended.Output + ended.Errors).ShouldNotContain(_shop.Secret);
    }

    [Fact]
    public async Task a_shop_that_lets_nobody_in_is_told_in_a_sentence()
    {
        var ended = await GenerateAsync(_shop.Add("Mug"), BridgeSignature.NewSecret());
        ended.ExitCode.ShouldNotBe(0);
        ended.Errors.ShouldContain("Copy the secret");
        ended.Errors.ShouldNotContain("   at ");
    }

    private Task<Ended> GenerateAsync(int product, string secret) => HostProcess.RunAsync(
        ["generate", "--shop", "nop", "--product", $"{product}", "--provider", "local", "--seconds", "5", "--publish", "--wait", "--data", _data],
        new Dictionary<string, string>
        {
            ["PRODUCTVIDEO_ProductVideo__NopCommerce__nop__Url"] = _shop.Address.AbsoluteUri,
            ["PRODUCTVIDEO_ProductVideo__NopCommerce__nop__Secret"] = secret,
        });
}
