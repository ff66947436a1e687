using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Bridge;
using ProductVideo.Conformance.Storefronts.NopCommerce;
using ProductVideo.Tests.Architecture;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.NopCommerce;

/// <summary>The plugin's own code, asked as a stranger would.</summary>
public sealed class BridgeTests : IAsyncLifetime
{
    private readonly FakeNopCommerce _shop = new();
    private readonly HttpClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _shop.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _shop.DisposeAsync();
    }

    private HttpRequestMessage Request(
        HttpMethod method, string path, byte[]? body = null, string? secret = null, string? signedPath = null, DateTimeOffset? at = null, string? nonce = null, string? content = null)
    {
        var (timestamp, once) = (BridgeSignature.Seconds(at ?? DateTimeOffset.UtcNow), nonce ?? Guid.NewGuid().ToString("N"));
        var hash = content ?? (body is null ? BridgeSignature.NoContent : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body)));
        var request = new HttpRequestMessage(method, new Uri(_shop.Address, BridgeRoutes.Root + path)) { Content = body is null ? null : new ByteArrayContent(body) };
        request.Headers.Add(BridgeSignature.TimestampHeader, timestamp);
        request.Headers.Add(BridgeSignature.NonceHeader, once);
        request.Headers.Add(BridgeSignature.ContentHeader, hash);
        request.Headers.Add(BridgeSignature.SignatureHeader, BridgeSignature.Sign(BridgeSignature.KeyOf(secret ?? _shop.Secret)!, timestamp, once, method.Method, signedPath ?? path, hash));
        return request;
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _client.SendAsync(request, Token);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
        }
    }

    [Fact]
    public async Task a_signed_request_is_let_in_and_told_how_the_shop_stands()
    {
        var (status, body) = await AskAsync(Request(HttpMethod.Get, "status"));
        status.ShouldBe(HttpStatusCode.OK);
        BridgeJson.Read<StatusView>(Encoding.UTF8.GetBytes(body)).ShouldBe(new StatusView(BridgeRoutes.Version, "4.90.3", "Tonwerk", CanStoreFiles: true, TellsChanges: true, 50_000_000));
    }

    /// <summary>A shop takes a plugin's new words only with a new version of it.</summary>
    [Fact]
    public void the_plugin_says_the_same_version_wherever_it_is_asked()
    {
        var folder = Path.Combine(Repository.Root, "plugin-manifest", "nopcommerce");
        foreach (var file in new[] { "plugin.json", "Nop.Plugin.Misc.ProductVideo.csproj" })
            File.ReadAllText(Path.Combine(folder, file)).ShouldContain(BridgeRoutes.Version);
    }

    [Fact]
    public async Task nobody_else_is_let_in()
    {
        var request = Request(HttpMethod.Get, "status");
        request.Headers.Remove(BridgeSignature.SignatureHeader);
        (await AskAsync(request)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(Request(HttpMethod.Get, "status", secret: BridgeSignature.NewSecret()))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(Request(HttpMethod.Get, "products?take=2", signedPath: "products?take=1"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(Request(HttpMethod.Get, "status", at: DateTimeOffset.UtcNow.AddMinutes(-6)))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(Request(HttpMethod.Get, "status", at: DateTimeOffset.UtcNow.AddMinutes(6)))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task a_request_that_was_overheard_is_taken_once()
    {
        (await AskAsync(Request(HttpMethod.Get, "status", nonce: "0123456789abcdef"))).Status.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(Request(HttpMethod.Get, "status", nonce: "0123456789abcdef"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public void a_shop_without_a_secret_lets_nobody_in()
    {
        var request = new BridgeRequest("GET", "status", "", _ => null, _ => new string('0', 64), null, Stream.Null);
        new BridgeGate(new SeenNonces(), TimeProvider.System).LetsIn(request, "").ShouldBeFalse();
        BridgeSignature.KeyOf("").ShouldBeNull();
        BridgeSignature.KeyOf("whsec_").ShouldBeNull();
        BridgeSignature.IsSecret(BridgeSignature.NewSecret()).ShouldBeTrue();
    }

    [Fact]
    public void nonces_are_forgotten_when_their_time_would_not_let_them_in_any_more()
    {
        var clock = new FakeTimeProvider();
        var seen = new SeenNonces();
        seen.TryAdd("one", clock.GetUtcNow()).ShouldBeTrue();
        clock.Advance(TimeSpan.FromMinutes(10));
        seen.TryAdd("one", clock.GetUtcNow()).ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));
        seen.TryAdd("one", clock.GetUtcNow()).ShouldBeTrue();
    }

    [Fact]
    public async Task a_body_that_was_exchanged_is_refused()
    {
        var mug = _shop.Add("Mug");
        var attach = BridgeJson.Write(new AttachBody(new string('a', 64) + ".mp4", null, 1, 1, 1, "", MadeWithAi: false));
        (await AskAsync(Request(HttpMethod.Put, $"products/{mug}/videos/k", attach, content: BridgeSignature.NoContent))).Body.ShouldContain(RefusalCodes.ContentDiffers);
        (await AskAsync(Request(HttpMethod.Put, "files/video", NopCommerceParts.Mp4("k"), content: new string('b', 64)))).Body.ShouldContain(RefusalCodes.ContentDiffers);
        _shop.Files.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("products/2", "unknown_product")]
    [InlineData("products/0", "unknown_product")]
    [InlineData("products/01", "unknown_product")]
    [InlineData("pictures/99999", "unknown_picture")]
    [InlineData("files/web.config", "unknown_file")]
    [InlineData("nothing", "no_route")]
    [InlineData("", "no_route")]
    public async Task what_there_is_not_is_told(string path, string code)
    {
        var (status, body) = await AskAsync(Request(HttpMethod.Get, path));
        status.ShouldBe(HttpStatusCode.NotFound);
        body.ShouldContain(code);
    }

    [Theory]
    [InlineData("products?take=0")]
    [InlineData("products?take=101")]
    [InlineData("products?after=x")]
    [InlineData("products?changed_since=yesterday")]
    public async Task a_list_that_can_not_be_meant_is_refused(string path) => (await AskAsync(Request(HttpMethod.Get, path))).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task only_what_changed_since_is_listed()
    {
        _shop.Add("Mug");
        (await AskAsync(Request(HttpMethod.Get, "products?changed_since=2100-01-01T00:00:00Z"))).Body.ShouldBe("""{"products":[]}""");
        (await AskAsync(Request(HttpMethod.Get, "products?changed_since=2000-01-01T00:00:00Z"))).Body.ShouldContain("Mug");
    }

    [Fact]
    public async Task a_clip_that_is_not_stored_can_not_be_attached()
    {
        var mug = _shop.Add("Mug");
        foreach (var file in new[] { new string('a', 64) + ".mp4", "../web.config", "x.mp4" })
        {
            var (status, _) = await AskAsync(Request(HttpMethod.Put, $"products/{mug}/videos/k", BridgeJson.Write(new AttachBody(file, null, 1, 1, 1, "", MadeWithAi: false))));
            ((int)status).ShouldBeOneOf(400, 409);
        }

        _shop.Rows.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task uploads_that_nothing_uses_are_swept_after_a_day_and_no_others()
    {
        var mug = _shop.Add("Mug");
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var files = new ClipFiles(_shop.Folder, clock);
        using var turn = new ClipTurn();
        var clips = new ClipsOnProducts(_shop.Rows, files, turn, clock);
        var used = await StoreAsync(clips, "used");
        (await clips.AttachAsync(new ClipRow(0, mug, "used", used, null, 1, 1, 1, "", MadeWithAi: false, default), Token)).WasThere.ShouldBeFalse();
        var lost = await StoreAsync(clips, "lost-answer");
        await File.WriteAllTextAsync(Path.Combine(_shop.Folder, "brochure.pdf"), "the merchant's", Token);
        clock.Advance(TimeSpan.FromHours(25));
        var late = await StoreAsync(clips, "late-one");

        _shop.Files.ShouldBe(new[] { used, late, "brochure.pdf" }, ignoreOrder: true);
        _shop.Files.ShouldNotContain(lost);
        files.DeleteAll();
        _shop.Files.ShouldBe(["brochure.pdf"]);
    }

    [Fact]
    public async Task a_shop_with_many_clips_is_asked_about_all_of_them_once_an_hour_and_in_parts()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var turn = new ClipTurn();
        // As the shop makes them: one for each request.
        ClipsOnProducts Clips() => new(_shop.Rows, new ClipFiles(_shop.Folder, clock), turn, clock);
        Directory.CreateDirectory(_shop.Folder);
        foreach (var i in Enumerable.Range(0, 1100))
        {
            var old = Path.Combine(_shop.Folder, $"{i:x64}.mp4");
            await File.WriteAllBytesAsync(old, [], Token);
            File.SetLastWriteTimeUtc(old, clock.GetUtcNow().UtcDateTime.AddDays(-2));
            await _shop.Rows.TryInsertAsync(new ClipRow(0, 1, $"k{i}", Path.GetFileName(old), null, 1, 1, 1, "", MadeWithAi: false, default), Token);
        }

        await StoreAsync(Clips(), "first");
        await StoreAsync(Clips(), "second");
        _shop.Rows.AskedFor.ShouldBe([500, 500, 100]);
        clock.Advance(TimeSpan.FromHours(1));
        await StoreAsync(Clips(), "third");
        _shop.Rows.AskedFor.Count.ShouldBe(6);
        _shop.Files.Count.ShouldBe(1103, "all of them are used or new");
    }

    private static async Task<string> StoreAsync(ClipsOnProducts clips, string key)
    {
        var bytes = NopCommerceParts.Mp4(key);
        var (file, _) = await clips.StoreAsync(new MemoryStream(bytes), isVideo: true, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), 1_000_000, Token);
        return file.ShouldNotBeNull().File;
    }
}
