using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Conformance.Storefronts.WooCommerce;
using ProductVideo.Connecting;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Http;
using ProductVideo.Pipeline;
using ProductVideo.Security;
using ProductVideo.Spending;
using ProductVideo.Tests.Generations;
using ProductVideo.Tests.Http;
using ProductVideo.Webhooks.Inbox;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Connecting;

public sealed class ShopConnectionsTests : IAsyncLifetime
{
    private readonly ConnectingFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ShopConnections Connections => _fixture.Connections;

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task a_connected_shop_is_there_at_once_with_its_products_pictures_and_webhook_address()
    {
        var mug = _fixture.Woo.Add("Stoneware mug");
        await _fixture.ConnectAsync();

        (await _fixture.Shops.Get("woo").ReadAsync($"{mug}", Token)).ShouldNotBeNull().Title.ShouldBe("Stoneware mug");
        _fixture.Pipeline.Get<ShopDownloads>()["woo"].LoopbackAllowed.ShouldBe([_fixture.Woo.Address.Authority]);
        _fixture.Pipeline.Get<WebhookSources>().Find("shop", "woo").ShouldNotBeNull();
        _fixture.Shops.All.Select(shop => shop.Shop).ShouldBe(["test", "woo"]);
    }

    [Fact]
    public async Task another_server_and_the_next_start_find_it_too()
    {
        await _fixture.ConnectAsync();
        var (shops, elsewhere) = Elsewhere(_fixture.Pipeline.Get<IDataProtectionProvider>());
        await elsewhere.LoadAsync(Token);
        var found = shops.Get("woo");
        await found.ListAsync(new ProductQuery(), Token);

        await elsewhere.LoadAsync(Token);
        shops.Get("woo").ShouldBeSameAs(found, "what did not change keeps its session");

        await Connections.DisconnectAsync("woo", Token);
        await elsewhere.LoadAsync(Token);
        shops.Find("woo").ShouldBeNull();
    }

    [Fact]
    public async Task the_password_is_nowhere_in_the_row_and_never_shown()
    {
        await _fixture.ConnectAsync();
        await using var db = await _fixture.Pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync(Token);
        var row = await db.ShopConnections.SingleAsync(Token);
        (row.Values + row.Secrets).ShouldNotContain(FakeWooCommerce.Password);
        row.Values.ShouldContain(FakeWooCommerce.User);

        var shown = (await Connections.ListAsync(Token)).ShouldHaveSingleItem();
        shown.Values.Keys.ShouldBe(["Url", "User", "Currency"], ignoreOrder: true);
        shown.Secrets.ShouldBe(["ApplicationPassword"]);
    }

    [Fact]
    public async Task a_secret_that_was_copied_to_another_shop_does_not_open_there()
    {
        var secrets = _fixture.Pipeline.Get<ConnectionSecrets>();
        var locked = secrets.Lock("woo", new Dictionary<string, string> { ["ApplicationPassword"] = "x" });
        secrets.Open("other", locked).ShouldBeNull();
        secrets.Open("woo", locked).ShouldNotBeNull();
    }

    [Fact]
    public async Task without_its_key_ring_the_shop_stays_and_asks_for_its_password()
    {
        await _fixture.ConnectAsync();
        var (shops, elsewhere) = Elsewhere(new EphemeralDataProtectionProvider());
        await elsewhere.LoadAsync(Token);

        var refused = await Should.ThrowAsync<StorefrontException>(() => shops.Get("woo").ReadAsync("1", Token));
        refused.Fault.ShouldBe(StorefrontFault.Unauthorised);
        refused.MerchantText.ShouldContain("written again under Shops");
    }

    [Fact]
    public async Task a_key_ring_that_was_put_back_opens_the_shop_again_without_a_new_start()
    {
        await _fixture.ConnectAsync();
        var ring = new RingOfTwo(_fixture.Pipeline.Get<IDataProtectionProvider>());
        var (shops, elsewhere) = Elsewhere(ring);
        await elsewhere.LoadAsync(Token);
        await Should.ThrowAsync<StorefrontException>(() => shops.Get("woo").ListAsync(new ProductQuery(), Token));

        ring.IsBack = true;
        await elsewhere.LoadAsync(Token);
        await shops.Get("woo").ListAsync(new ProductQuery(), Token);
    }

    [Fact]
    public async Task a_password_that_was_kept_goes_to_no_other_address()
    {
        await _fixture.ConnectAsync();
        await using var other = new FakeWooCommerce();
        await other.StartAsync();
        var without = _fixture.Values();
        without.Remove("ApplicationPassword");
        without["Url"] = other.Address.AbsoluteUri;

        var refused = await Should.ThrowAsync<RefusedException>(() => Connections.ChangeAsync("woo", without, "merchant", Token));
        refused.Field.ShouldBe("ApplicationPassword");
        other.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task what_a_shop_wanted_done_by_itself_ends_with_the_connection()
    {
        await _fixture.ConnectAsync();
        var watched = _fixture.Pipeline.Get<WatchedShops>();
        await watched.PutAsync("woo", ChangePolicy.Default with { OnChange = OnChange.Remake }, "merchant", Token);
        await Connections.DisconnectAsync("woo", Token);
        await _fixture.ConnectAsync();
        (await watched.PolicyAsync("woo", Token)).OnChange.ShouldBe(OnChange.Tell);
    }

    [Fact]
    public async Task nothing_is_ordered_for_a_shop_that_was_disconnected_while_the_order_was_made()
    {
        var mug = _fixture.Woo.Add("Mug", product => product["images"] = new System.Text.Json.Nodes.JsonArray(_fixture.Woo.AddPicture("mug", Tests.Pipeline.PipelineFixture.Picture(800, 600))));
        await _fixture.ConnectAsync();
        // This server has not heard of it yet.
        await _fixture.Pipeline.Get<ConnectionStore>().RemoveAsync("woo", Token);

        var refused = await Should.ThrowAsync<RefusedException>(() => _fixture.Pipeline.Get<VideoGenerations>().CreateAsync(
            new ProductRef("woo", $"{mug}"), VideoWishes.None with { Provider = "scripted", Aspect = "1:1", Seconds = 5 }, new Requester("tester", GenerationOrigin.Api), key: null, Token));
        refused.Problem.Code.ShouldBe("unknown_shop");
    }

    [Fact]
    public async Task a_wrong_password_connects_nothing()
    {
        var refused = await Should.ThrowAsync<RefusedException>(() => _fixture.ConnectAsync(password: "of yesterday"));
        refused.Problem.MerchantText.ShouldContain("application password");
        (await Connections.ListAsync(Token)).ShouldBeEmpty();
        _fixture.Shops.Find("woo").ShouldBeNull();
    }

    [Fact]
    public void every_mistake_is_told_at_once_beside_its_field()
    {
        var mistakes = Connections.Mistakes(Connections.Kind("woocommerce"), "My Shop", new Dictionary<string, string> { ["Url"] = "not an address", ["Currency"] = "EURO" });
        mistakes.Select(mistake => mistake.Field).ShouldBe(["shop", "Url", "User", "ApplicationPassword", "Currency"], ignoreOrder: true);
        mistakes.ShouldAllBe(mistake => mistake.Text.Length > 20);
        Connections.Mistakes(Connections.Kind("woocommerce"), "test", _fixture.Values()).ShouldHaveSingleItem().Field.ShouldBe("shop", "the host has a shop of that name");
    }

    [Theory]
    [MemberData(nameof(WebAddressTests.Unusable), MemberType = typeof(WebAddressTests))]
    public async Task an_address_that_no_name_server_can_take_is_told_beside_its_field(string url)
    {
        var values = _fixture.Values();
        values["Url"] = url;
        var mistake = Connections.Mistakes(Connections.Kind("woocommerce"), "woo", values).ShouldHaveSingleItem();
        (mistake.Field, mistake.Text).ShouldBe(("Url", $"Url is '{new Uri(url)}', whose name no name server can take; write where the shop is, for example https://shop.example."));
        (await Should.ThrowAsync<RefusedException>(() => Connections.ConnectAsync("woocommerce", "woo", values, "merchant", Token))).Field.ShouldBe("Url");
        await _fixture.ConnectAsync();
        (await Should.ThrowAsync<RefusedException>(() => Connections.ChangeAsync("woo", values, "merchant", Token))).Field.ShouldBe("Url");
    }

    [Fact]
    public async Task two_who_connect_the_same_name_at_once_make_one()
    {
        var tries = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            try
            {
                await _fixture.ConnectAsync();
                return true;
            }
            catch (RefusedException e)
            {
                e.Field.ShouldBe("shop");
                return false;
            }
        }));
        tries.Count(connected => connected).ShouldBe(1);
        (await Connections.ListAsync(Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_change_keeps_the_secret_that_is_left_out_and_takes_a_new_one()
    {
        await _fixture.ConnectAsync();
        var without = _fixture.Values();
        without.Remove("ApplicationPassword");
        without["DisplayName"] = "not a field of the form";
        without["Locale"] = "de";
        await Connections.ChangeAsync("woo", without, "merchant", Token);
        (await Connections.FindAsync("woo", Token))!.Values["Locale"].ShouldBe("de");
        await _fixture.Shops.Get("woo").ListAsync(new ProductQuery(), Token);

        await Should.ThrowAsync<RefusedException>(() => Connections.ChangeAsync("woo", _fixture.Values("of yesterday"), "merchant", Token));
        await _fixture.Shops.Get("woo").ListAsync(new ProductQuery(), Token);
    }

    [Fact]
    public async Task disconnecting_erases_the_secrets_and_ends_the_plugins_key()
    {
        await _fixture.ConnectAsync();
        var keys = _fixture.Pipeline.Get<ApiKeys>();
        var key = await keys.CreateAsync("plugin", [Scopes.Read], "woo", lifetime: null, Token);
        var another = await keys.CreateAsync("another", [Scopes.Read], "test", lifetime: null, Token);

        await Connections.DisconnectAsync("woo", Token);

        (await Connections.ListAsync(Token)).ShouldBeEmpty();
        (await keys.FindAsync(key, Token)).ShouldBeNull();
        (await keys.FindAsync(another, Token)).ShouldNotBeNull();
        (await Should.ThrowAsync<RefusedException>(() => Connections.DisconnectAsync("woo", Token))).Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Fact]
    public async Task a_shop_with_a_video_on_its_way_is_not_disconnected()
    {
        var mug = _fixture.Woo.Add("Mug", product => product["images"] = new System.Text.Json.Nodes.JsonArray(_fixture.Woo.AddPicture("mug", Tests.Pipeline.PipelineFixture.Picture(800, 600))));
        await _fixture.ConnectAsync();
        var ordered = await _fixture.Pipeline.Get<VideoGenerations>().CreateAsync(
            new ProductRef("woo", $"{mug}"), VideoWishes.None with { Provider = "scripted", Aspect = "1:1", Seconds = 5 }, new Requester("tester", GenerationOrigin.Api), key: null, Token);

        var refused = await Should.ThrowAsync<RefusedException>(() => Connections.DisconnectAsync("woo", Token));
        refused.Problem.MerchantText.ShouldContain("not finished");
        _fixture.Shops.Find("woo").ShouldNotBeNull();

        await _fixture.Pipeline.Get<VideoGenerations>().CancelAsync(ordered.Generation.Id, "tester", Token);
        await _fixture.Pipeline.AdvanceAsync(ordered.Generation.Id);
        await Connections.DisconnectAsync("woo", Token);
    }

    [Fact]
    public async Task a_shop_with_a_video_on_its_way_is_not_moved_to_another_store()
    {
        await _fixture.ConnectAsync();
        await using var other = new FakeWooCommerce();
        await other.StartAsync();
        var made = Some.Generation(new AwaitingReview(Some.Clip)) with { Product = new ProductRef("woo", "1") };
        await _fixture.Pipeline.Get<GenerationStore>().AddAsync(made, idempotency: null, Token);

        var refused = await Should.ThrowAsync<RefusedException>(() => MoveAsync(other));
        (refused.Kind, refused.Problem.Code).ShouldBe((RefusalKind.Conflict, "videos_under_way"));
        refused.Problem.MerchantText.ShouldEndWith("then move the shop.");
        other.Requests.ShouldBeEmpty("it is asked for nothing that it may give only once");
        (await Connections.FindAsync("woo", Token))!.Values["Url"].ShouldBe(_fixture.Woo.Address.AbsoluteUri);

        await Connections.ChangeAsync("woo", _fixture.Values(), "merchant", Token);
        var slash = _fixture.Values();
        slash["Url"] = slash["Url"].TrimEnd('/');
        await Connections.ChangeAsync("woo", slash, "merchant", Token);

        await _fixture.Pipeline.Get<VideoGenerations>().RejectAsync(made.Id, "tester", reason: null, Token);
        await MoveAsync(other);
        (await Connections.FindAsync("woo", Token))!.Values["Url"].ShouldBe(other.Address.AbsoluteUri);
    }

    [Fact]
    public async Task a_clip_that_a_dead_shop_does_not_take_off_keeps_nobody_from_moving_for_ever()
    {
        await _fixture.ConnectAsync();
        await using var other = new FakeWooCommerce();
        await other.StartAsync();
        var going = Some.Generation(new Withdrawing(Some.Clip, "pv-1", "tester", Some.Noon, LastProblem: Some.Problem)) with { Product = new ProductRef("woo", "1") };
        await _fixture.Pipeline.Get<GenerationStore>().AddAsync(going, idempotency: null, Token);
        (await Should.ThrowAsync<RefusedException>(() => MoveAsync(other))).Problem.MerchantText.ShouldContain("stop trying");

        var ended = await _fixture.Pipeline.Get<VideoGenerations>().GiveUpAsync(going.Id, "tester", Token);
        ended.State.ShouldBeOfType<Failed>().Problem.MerchantText.ShouldContain("may still be there");
        await MoveAsync(other);
    }

    [Fact]
    public async Task what_belonged_to_one_store_ends_when_the_shop_moves_to_another()
    {
        await _fixture.ConnectAsync();
        await using var other = new FakeWooCommerce();
        await other.StartAsync();
        var (keys, tokens, watched) = (_fixture.Pipeline.Get<ApiKeys>(), _fixture.Pipeline.Get<IKeepShopTokens>(), _fixture.Pipeline.Get<WatchedShops>());
        var key = await keys.CreateAsync("plugin", [Scopes.Read], "woo", lifetime: null, Token);
        await tokens.WriteAsync("woo", new ShopToken("access", DateTimeOffset.UnixEpoch, "refresh"), Token);
        await watched.PutAsync("woo", ChangePolicy.Default with { OnChange = OnChange.Remake }, "merchant", Token);
        _fixture.Pipeline.Clock.Advance(TimeSpan.FromSeconds(1));

        await Connections.ChangeAsync("woo", _fixture.Values(), "merchant", Token);
        (await keys.FindAsync(key, Token)).ShouldNotBeNull("the same store keeps all of it");
        (await tokens.ReadAsync("woo", Token)).ShouldNotBeNull();

        await MoveAsync(other);
        (await keys.FindAsync(key, Token)).ShouldBeNull();
        (await tokens.ReadAsync("woo", Token)).ShouldBeNull();
        (await watched.PolicyAsync("woo", Token)).OnChange.ShouldBe(OnChange.Tell);
    }

    [Theory]
    [InlineData(true, BackfillState.Scheduled, BackfillState.Paused)]
    [InlineData(false, BackfillState.Scheduled, BackfillState.Paused)]
    [InlineData(true, BackfillState.Running, BackfillState.Paused)]
    [InlineData(false, BackfillState.Running, BackfillState.Paused)]
    [InlineData(true, BackfillState.Quoting, BackfillState.Quoting)]
    [InlineData(true, BackfillState.Done, BackfillState.Done)]
    public async Task what_was_agreed_to_for_one_store_is_not_spent_on_another(bool moves, BackfillState before, BackfillState after)
    {
        await _fixture.ConnectAsync();
        await using var other = new FakeWooCommerce();
        await other.StartAsync();
        var (desk, due) = (_fixture.Pipeline.Get<BackfillDesk>(), _fixture.Pipeline.Clock.GetUtcNow().AddHours(5));
        var made = await desk.CreateAsync(
            "woo", "Mugs", new BackfillPlan { Schedule = new BackfillSchedule { Cron = "0 2 * * *" } }, null, new Requester("tester", GenerationOrigin.Click), Token);
        await _fixture.Pipeline.Get<BackfillStore>().FollowAsync(
            made.Id, backfill => backfill with { State = before, DueAt = due, Consent = new Consent("tester", due, [new Money(100, "USD")], null) }, together: null, Token);
        // The same store goes on.
        await Connections.ChangeAsync("woo", _fixture.Values(), "merchant", Token);
        (await desk.GetAsync(made.Id, Token)).State.ShouldBe(before);

        if (moves)
        {
            await MoveAsync(other);
        }
        else
        {
            await Connections.DisconnectAsync("woo", Token);
            await _fixture.ConnectAsync();
        }

        var found = await desk.GetAsync(made.Id, Token);
        found.State.ShouldBe(after);
        if (after is BackfillState.Paused)
            (found.Problem?.Code, found.DueAt).ShouldBe(("backfill_shop_changed", null));
        if (after is BackfillState.Quoting)
            found.Consent.ShouldBeNull("it would start by itself once its price is known");
    }

    private Task<IReadOnlyList<AccessCheck>> MoveAsync(FakeWooCommerce other)
    {
        var values = _fixture.Values();
        values["Url"] = other.Address.AbsoluteUri;
        return Connections.ChangeAsync("woo", values, "merchant", Token);
    }

    private sealed class RingOfTwo(IDataProtectionProvider ring) : IDataProtectionProvider
    {
        private readonly EphemeralDataProtectionProvider _other = new();

        public bool IsBack { get; set; }

        public IDataProtector CreateProtector(string purpose) => (IsBack ? ring : _other).CreateProtector(purpose);
    }

    private (Shops Shops, ConnectedShops Connected) Elsewhere(IDataProtectionProvider ring)
    {
        var shops = new Shops([]);
        return (shops, _fixture.Elsewhere(shops, new ShopDownloads(), ring));
    }
}
