using Microsoft.EntityFrameworkCore;
using ProductVideo.Catalog;
using ProductVideo.Connecting;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Http;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Connecting;

public sealed class ConnectionCodesTests : IAsyncLifetime
{
    private static readonly Uri Here = new("http://127.0.0.1:5080/");
    private readonly PipelineFixture _pipeline = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public async Task a_shop_elsewhere_gets_no_code_and_no_key_with_this_machines_own_address()
    {
        var refused = await Should.ThrowAsync<RefusedException>(() => MakeAsync("test", Here));
        refused.Problem.MerchantText.ShouldContain("at http://127.0.0.1:5080, so no code was made. Have ProductVideo:PublicAddress set");
        (await KeysAsync()).ShouldBe(0);

        (await MakeAsync("test", new Uri("https://video.example"))).Length.ShouldBeGreaterThan(40);
        (await KeysAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task a_shop_on_this_machine_finds_it_there()
    {
        _pipeline.Get<ShopDownloads>()["here"] = new PictureRules { LoopbackAllowed = ["127.0.0.1:8080"] };
        (await MakeAsync("here", Here)).Length.ShouldBeGreaterThan(40);
    }

    private Task<string> MakeAsync(string shop, Uri address) => _pipeline.Get<ConnectionCodes>().MakeAsync(shop, address, Token);

    private async Task<int> KeysAsync()
    {
        await using var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync(Token);
        return await db.ApiKeys.CountAsync(Token);
    }
}
