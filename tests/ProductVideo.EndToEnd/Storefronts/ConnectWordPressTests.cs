using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using ProductVideo.Catalog;
using ProductVideo.Storefronts.WooCommerce;
using Shouldly;
using ProductVideo.EndToEnd.Hosts;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>A merchant connects a real WordPress: it hands its password over in a real Chromium, and says what its users may do.</summary>
public sealed class ConnectWordPressTests(WordPress wordpress, Chromium chromium) : IClassFixture<WordPress>, IAsyncLifetime
{
    private readonly TaskCompletionSource<string> _came = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddWooCommerce(new ConfigurationBuilder().Build()).BuildServiceProvider();
    private WebApplication _back = null!;
    private Chromium.Visit? _visit;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IStorefrontKind Kind => _services.GetServices<IStorefrontKind>().Single();

    private IHandOver HandOver => (IHandOver)Kind;

    private Dictionary<string, string> Values => new() { ["Url"] = wordpress.Address.AbsoluteUri };

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _back = builder.Build();
        _back.MapGet("/back", (HttpContext http) =>
        {
            _came.TrySetResult(http.Request.QueryString.Value!);
            return "Back again.";
        });
        await _back.StartAsync();
        _visit = await chromium.VisitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_visit is not null)
            await _visit.DisposeAsync();
        await _back.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task who_agrees_hands_over_a_password_that_connects_the_shop()
    {
        var (state, page) = await SendAsync();
        await page.GetByText("ProductVideo 127.0.0.1").First.WaitForAsync();
        await page.ClickAsync("#approve");
        var given = HandOver.Read(Values, await AnswerAsync(), state).ShouldBeOfType<HandedOver.Given>();
        given.Values["User"].ShouldBe(WordPress.Merchant);

        Kind.Mistakes("woo", given.Values).ShouldBeEmpty();
        var shop = Kind.Open("woo", given.Values).Storefront;
        (await ((ICheckAccess)shop).CheckAccessAsync(Token)).ShouldAllBe(check => check.IsGranted);
        (await shop.ReadAsync($"{wordpress.Products[0]}", Token)).ShouldNotBeNull().Title.ShouldBe("Stoneware mug");
    }

    [Theory]
    [InlineData("merchant")]
    [InlineData("nobody")]
    public async Task a_wrong_password_is_told_with_both_ways_out_for_wordpress_may_not_have_seen_it(string user)
    {
        var values = new Dictionary<string, string>(Values) { ["User"] = user, ["ApplicationPassword"] = "abcd efgh ijkl mnop qrst uvwx" };
        var shop = Kind.Open("woo", values).Storefront;
        foreach (var asks in new Func<Task>[] { () => ((ICheckAccess)shop).CheckAccessAsync(Token), () => shop.ReadAsync($"{wordpress.Products[0]}", Token) })
        {
            var told = (await Should.ThrowAsync<StorefrontException>(asks)).MerchantText;
            told.ShouldContain("Make a new application password");
            told.ShouldContain("CGIPassAuth On");
        }
    }

    [Fact]
    public async Task who_does_not_agree_hands_over_nothing()
    {
        var (state, page) = await SendAsync();
        await page.ClickAsync("#reject");
        HandOver.Read(Values, await AnswerAsync(), state).ShouldBeOfType<HandedOver.Declined>();
    }

    [Theory]
    [InlineData("merchant", "")]
    [InlineData("author", "Edit products")]
    [InlineData("uploader", "Delete what it uploaded")]
    [InlineData("reader", "Read products, Edit products, Upload files, Delete what it uploaded, Show videos on listings, by the ProductVideo plugin")]
    public async Task what_a_user_may_not_do_is_told(string user, string lacking)
    {
        var values = Values;
        values["User"] = user;
        values["ApplicationPassword"] = user switch { "author" => wordpress.PasswordOfAuthor, "reader" => wordpress.PasswordOfReader, "uploader" => wordpress.PasswordOfUploader, _ => wordpress.Password };
        var checks = await ((ICheckAccess)Kind.Open("woo", values).Storefront).CheckAccessAsync(Token);
        string.Join(", ", checks.Where(check => !check.IsGranted).Select(check => check.Right)).ShouldBe(lacking);
        checks.Where(check => !check.IsGranted).ShouldAllBe(check => check.WayOut!.Contains(user, StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_password_that_wordpress_does_not_know_is_thrown()
    {
        var values = Values;
        (values["User"], values["ApplicationPassword"]) = (WordPress.Merchant, "abcd EFGH ijkl MNOP qrst UVWX");
        (await Should.ThrowAsync<StorefrontException>(() => ((ICheckAccess)Kind.Open("woo", values).Storefront).CheckAccessAsync(Token)))
            .Fault.ShouldBe(StorefrontFault.Unauthorised);
    }

    /// <summary>Sends a merchant who has to sign in first.</summary>
    private async Task<(string State, IPage Page)> SendAsync()
    {
        var state = HandOverState.New();
        HandOver.MistakesBefore(Values).ShouldBeEmpty();
        var to = await HandOver.SendAsync(Values, new Uri(_back.Urls.First() + "/back"), state, Token);
        var page = await _visit!.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync(to.AbsoluteUri);
        await page.FillAsync("#user_login", WordPress.Merchant);
        await page.FillAsync("#user_pass", WordPress.SignInPassword);
        await page.ClickAsync("#wp-submit");
        await page.ShouldComeToAsync("/authorize-application.php");
        return (state, page);
    }

    private async Task<IReadOnlyDictionary<string, string>> AnswerAsync()
    {
        var query = HttpUtility.ParseQueryString(await _came.Task.WaitAsync(TimeSpan.FromSeconds(120), Token));
        return query.AllKeys.OfType<string>().ToDictionary(key => key, key => query[key]!, StringComparer.Ordinal);
    }
}
