using Microsoft.EntityFrameworkCore;
using ProductVideo.Catalog;
using ProductVideo.Data;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Connecting;

public sealed class ShopTokenStoreTests : IAsyncLifetime
{
    private readonly ConnectingFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IKeepShopTokens Tokens => _fixture.Pipeline.Get<IKeepShopTokens>();

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task what_was_written_last_is_read_and_lies_encrypted()
    {
        var until = new DateTimeOffset(2026, 11, 22, 13, 0, 0, TimeSpan.Zero);
        (await Tokens.ReadAsync("woo", Token)).ShouldBeNull();
        await Tokens.WriteAsync("woo", new ShopToken("access-1", until, "refresh-1"), Token);
        await Tokens.WriteAsync("woo", new ShopToken("access-2", until, "refresh-2"), Token);

        (await Tokens.ReadAsync("woo", Token)).ShouldBe(new ShopToken("access-2", until, "refresh-2"));
        await using var db = await _fixture.Pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync(Token);
        (await db.ShopTokens.SingleAsync(Token)).Tokens.ShouldNotContain("refresh");
    }

    [Fact]
    public async Task disconnecting_takes_them_away()
    {
        await _fixture.ConnectAsync();
        await Tokens.WriteAsync("woo", new ShopToken("access", DateTimeOffset.UnixEpoch, "refresh"), Token);
        await _fixture.Connections.DisconnectAsync("woo", Token);
        (await Tokens.ReadAsync("woo", Token)).ShouldBeNull();
    }
}
