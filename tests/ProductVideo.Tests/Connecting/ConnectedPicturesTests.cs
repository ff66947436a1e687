using ProductVideo.Catalog;
using ProductVideo.Http;
using ProductVideo.Pipeline;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Connecting;

/// <summary>From where a shop's pictures may be fetched follows the shop that stands at its key.</summary>
public sealed class ConnectedPicturesTests : IAsyncLifetime
{
    private readonly ConnectingFixture _fixture = new();
    private readonly ShopDownloads _downloads = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task a_row_that_the_settings_go_before_changes_nothing_of_their_shop()
    {
        await _fixture.ConnectAsync();
        var (own, rules) = (new MemoryShop { Shop = "woo" }, new PictureRules { Hosts = ["cdn.example"] });
        var shops = new Shops([own]);
        _downloads["woo"] = rules;

        await _fixture.Elsewhere(shops, _downloads).LoadAsync(Token);

        shops.Get("woo").ShouldBeSameAs(own);
        _downloads["woo"].ShouldBeSameAs(rules);
    }

    [Fact]
    public async Task a_shop_that_was_disconnected_leaves_no_way_to_its_machine_behind()
    {
        await _fixture.ConnectAsync();
        var elsewhere = _fixture.Elsewhere(new Shops([]), _downloads);
        await elsewhere.LoadAsync(Token);
        _downloads["woo"].LoopbackAllowed.ShouldBe([_fixture.Woo.Address.Authority]);

        await _fixture.Connections.DisconnectAsync("woo", Token);
        await elsewhere.LoadAsync(Token);
        _downloads["woo"].LoopbackAllowed.ShouldBeEmpty();
    }
}
