using ProductVideo.Generations;
using ProductVideo.Security;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Security;

public sealed class ApiKeysTests : IAsyncLifetime
{
    private readonly PipelineFixture _pipeline = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ApiKeys Keys => _pipeline.Get<ApiKeys>();

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Theory]
    [InlineData("", "videos:read", null, null, "name")]
    [InlineData("job", "", null, null, "scopes")]
    [InlineData("job", "videos:burn", null, null, "scopes")]
    [InlineData("job", "videos:read", "nowhere", null, "shop")]
    [InlineData("job", "videos:read", null, 0, "lifetime")]
    [InlineData("job", "videos:read", null, -1, "lifetime")]
    [InlineData("job", "videos:read", null, 3651, "lifetime")]
    public async Task what_a_key_can_t_be_is_refused_and_names_its_field(string name, string scope, string? shop, int? days, string field)
    {
        var wanted = new NewApiKey(name, scope.Length == 0 ? [] : [scope], shop, days is { } count ? TimeSpan.FromDays(count) : null);
        (await Should.ThrowAsync<RefusedException>(() => Keys.CreateAsync(wanted, Token))).Field.ShouldBe(field);
        (await Keys.ListAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public void all_that_is_wrong_is_told_at_once() =>
        _pipeline.Get<KeyRules>().Mistakes(new NewApiKey(" ", [], "nowhere", TimeSpan.Zero)).Select(mistake => mistake.Field)
            .ShouldBe(["name", "scopes", "shop", "lifetime"], ignoreOrder: true);

    [Theory]
    [InlineData("later", null)]
    [InlineData("My shop", "1 to 40 characters")]
    public void only_a_key_that_may_come_before_its_shop_names_one_that_is_not_there(string shop, string? mistake)
    {
        var wanted = new NewApiKey("plugin", [Scopes.Read], shop, null);
        Told(wanted).ShouldNotBeNull().ShouldContain($"There is no shop '{shop}' here.");
        if (Told(wanted with { MayPrecedeShop = true }) is { } told)
            told.ShouldContain(mistake.ShouldNotBeNull());
        else
            mistake.ShouldBeNull();

        string? Told(NewApiKey key) => _pipeline.Get<KeyRules>().Mistakes(key).SingleOrDefault()?.Text;
    }

    [Fact]
    public async Task who_has_one_shop_sees_and_ends_the_keys_of_that_shop_only()
    {
        await Keys.CreateAsync("of all", Scopes.All, shop: null, lifetime: null, Token);
        await Keys.CreateAsync("of one", [Scopes.Read], "test", lifetime: null, Token);
        var (all, one) = ((await Keys.ListAsync(Token))[0], (await Keys.ListAsync("test", Token)).ShouldHaveSingleItem());
        (all.Name, one.Name).ShouldBe(("of all", "of one"));

        foreach (var (id, own) in new[] { (all.Id, "test"), (one.Id, "other"), (Guid.NewGuid(), null) })
            (await Should.ThrowAsync<RefusedException>(() => Keys.RevokeAsync(id, own, Token))).Kind.ShouldBe(RefusalKind.NotFound);
        await Keys.RevokeAsync(one.Id, "test", Token);

        (await Keys.ListAsync(Token)).Select(key => key.RevokedAt is null).ShouldBe([true, false]);
    }

    [Fact]
    public async Task a_key_that_was_revoked_opens_nothing_and_stays_revoked_as_of_then()
    {
        var key = await Keys.CreateAsync("job", [Scopes.Read], shop: null, TimeSpan.FromDays(30), Token);
        var id = (await Keys.FindAsync(key, Token)).ShouldNotBeNull().Id;
        var then = _pipeline.Clock.GetUtcNow();
        await Keys.RevokeAsync(id, own: null, Token);
        _pipeline.Clock.Advance(TimeSpan.FromHours(1));
        await Keys.RevokeAsync(id, own: null, Token);

        (await Keys.FindAsync(key, Token)).ShouldBeNull();
        (await Keys.ListAsync(Token)).ShouldHaveSingleItem().RevokedAt.ShouldBe(then);
    }

    [Fact]
    public async Task a_key_is_over_from_its_last_moment_on()
    {
        var made = _pipeline.Clock.GetUtcNow();
        await Keys.CreateAsync("job", [Scopes.Read], shop: null, TimeSpan.FromDays(30), Token);
        var key = (await Keys.ListAsync(Token)).ShouldHaveSingleItem();

        (key.CreatedAt, key.ExpiresAt).ShouldBe((made, made.AddDays(30)));
        key.IsOver(made.AddDays(30).AddTicks(-1)).ShouldBeFalse();
        key.IsOver(made.AddDays(30)).ShouldBeTrue();
    }
}
