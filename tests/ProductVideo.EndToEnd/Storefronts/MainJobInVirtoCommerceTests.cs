using System.Text.Json.Nodes;
using ProductVideo.Conformance.Storefronts.VirtoCommerce;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>The real program films a VirtoCommerce shop's product and puts the clip on its listing.</summary>
public sealed class MainJobInVirtoCommerceTests : IAsyncLifetime
{
    private readonly string _data = Checkout.NewFolder();
    private readonly FakeVirtoCommerce _shop = new();

    public async ValueTask InitializeAsync() => await _shop.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _shop.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task from_order_to_listing()
    {
        var images = new JsonArray();
        foreach (var (file, i) in Directory.EnumerateFiles(Path.Combine(Checkout.SampleShop, "images", "stoneware-mug"), "*.jpg").Order(StringComparer.Ordinal).Take(2).Select((file, i) => (file, i)))
        {
            _shop.AddFile($"catalog/mug-{i}.jpg", await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            images.Add(FakeVirtoCommerce.Image($"mug-{i}.jpg", i));
        }

        var mug = _shop.Add("Stoneware mug", product => product["images"] = images);

        var ended = await GenerateAsync(mug);

        ended.ExitCode.ShouldBe(0, ended.Output + ended.Errors);
        ended.Output.ShouldContain("On its listing: https://shop.example/product/product-1");
        var made = await File.ReadAllBytesAsync(ended.Output.Trim().Split('\n')[^1], TestContext.Current.CancellationToken);
        _shop.Gallery(mug).Single(media => media.IsVideo).Bytes.ShouldBe(made);
        var row = _shop.Videos.ShouldHaveSingleItem();
        ((string)row["languageCode"]!, (string)row["ownerType"]!).ShouldBe(("en-US", "Product"));
        ((string)row["description"]!).ShouldNotContain("AI", Case.Sensitive, "its photographs were filmed");
        using var shopper = new HttpClient();
        (await shopper.GetByteArrayAsync((string)row["contentUrl"]!, TestContext.Current.CancellationToken)).ShouldBe(made);
        (ended.Output + ended.Errors).ShouldNotContain(FakeVirtoCommerce.Secret);
    }

    [Fact]
    public async Task a_shop_that_lets_nobody_in_is_told_in_a_sentence()
    {
        var ended = await GenerateAsync(_shop.Add("Mug"), secret: "wrong");
        ended.ExitCode.ShouldNotBe(0);
        ended.Errors.ShouldContain("OAuth application");
        ended.Errors.ShouldNotContain("   at ");
    }

    private Task<Ended> GenerateAsync(string product, string secret = FakeVirtoCommerce.Secret) => HostProcess.RunAsync(
        ["generate", "--shop", "virto", "--product", product, "--provider", "local", "--seconds", "5", "--publish", "--wait", "--data", _data],
        new Dictionary<string, string>
        {
            ["PRODUCTVIDEO_ProductVideo__VirtoCommerce__virto__Url"] = _shop.Address.AbsoluteUri,
            ["PRODUCTVIDEO_ProductVideo__VirtoCommerce__virto__ClientId"] = FakeVirtoCommerce.ClientId,
            ["PRODUCTVIDEO_ProductVideo__VirtoCommerce__virto__ClientSecret"] = secret,
            ["PRODUCTVIDEO_ProductVideo__VirtoCommerce__virto__StoreUrl"] = "https://shop.example/product/{slug}",
        });
}
