using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Admin;
using ProductVideo.Admin.Layout;
using ProductVideo.Security;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class SessionWatchTests : AdminPages
{
    [Fact]
    public async Task an_open_page_learns_that_its_session_was_signed_out_of()
    {
        var sessions = new Sessions(TimeProvider.System);
        var visitor = ProductVideoAuth.Operator(sessions.Begin());
        using var watch = new SessionWatch(NullLoggerFactory.Instance, sessions) { Every = TimeSpan.FromMilliseconds(1) };
        var over = new TaskCompletionSource<AuthenticationState>();
        watch.SetAuthenticationState(Task.FromResult(new AuthenticationState(visitor)));
        watch.AuthenticationStateChanged += async changed => over.TrySetResult(await changed);

        sessions.End(visitor);

        (await over.Task.WaitAsync(TimeSpan.FromSeconds(60), Xunit.TestContext.Current.CancellationToken)).User.Identity!.IsAuthenticated.ShouldBeFalse();
    }

    [Fact]
    public void a_page_whose_session_is_over_shows_nothing_and_leads_to_the_sign_in()
    {
        var page = Render<Routes>(with => with.Add(p => p.Colours, new Colours(Dark: false, Chosen: false)));
        page.WaitForElement("[data-testid=product-card]");

        Authorization.SetNotAuthorized();

        page.WaitForAssertion(() => page.Markup.Trim().ShouldBeEmpty());
        Navigation.Uri.ShouldEndWith("/sign-in");
    }

    [Fact]
    public void a_host_that_lets_everybody_in_keeps_its_pages()
    {
        Authorization.SetNotAuthorized();
        var page = Render<Routes>(with => with.Add(p => p.Colours, new Colours(Dark: false, Chosen: false)));
        page.WaitForElement("[data-testid=product-card]");

        Authorization.SetNotAuthorized();

        page.FindAll("[data-testid=product-card]").Count.ShouldBe(1);
    }
}
