using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Admin.Webhooks;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Tests.Generations;
using ProductVideo.Webhooks.Outgoing;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class WebhookPagesTests : AdminPages
{
    private OutgoingWebhooks Webhooks => Pipeline.Get<OutgoingWebhooks>();

    private async Task<WebhookEndpoint> AddAsync() =>
        (await Webhooks.AddAsync("https://shop.example/hooks", null, own: null, CancellationToken.None)).Endpoint;

    private IRenderedComponent<WebhookPage> Show(WebhookEndpoint endpoint) => Render<WebhookPage>(page => page.Add(p => p.Id, endpoint.Id));

    [Fact]
    public async Task adding_a_webhook_shows_its_secret_this_once()
    {
        var page = Render<WebhooksPage>();
        await page.Find("[data-testid=webhook-url]").ChangeAsync("https://shop.example/hooks");
        await page.Find("form").SubmitAsync();

        page.Find("[data-testid=secret]").TextContent.ShouldStartWith("whsec_");
        page.Find("[data-testid=webhook-row]").TextContent.ShouldContain("https://shop.example/hooks");
        Render<WebhooksPage>().FindAll("[data-testid=secret]").ShouldBeEmpty();
    }

    [Fact]
    public async Task each_secret_stands_below_the_button_that_made_it_and_takes_the_keyboard_s_place()
    {
        var page = Render<WebhooksPage>();
        foreach (var address in new[] { "https://shop.example/one", "https://shop.example/two" })
        {
            await page.Find("[data-testid=webhook-url]").ChangeAsync(address);
            await page.Find("form").SubmitAsync();
        }

        var shown = page.FindAll("form [data-testid=secret-once]");
        shown.Count.ShouldBe(2);
        shown[0].TextContent.ShouldContain("https://shop.example/one");
        shown[1].TextContent.ShouldContain("https://shop.example/two");
        page.FindAll("[data-testid=add-webhook], [data-testid=secret-once]")[0].GetAttribute("data-testid").ShouldBe("add-webhook");
        JSInterop.VerifyFocusAsyncInvoke(2);
    }

    [Fact]
    public async Task a_secret_that_was_changed_stands_below_its_button()
    {
        var dialogs = Render<MudBlazor.MudDialogProvider>();
        var page = Show(await AddAsync());

        var clicked = page.Find("[data-testid=rotate]").ClickAsync();
        dialogs.WaitForElement("[data-testid=confirm]").Click();
        await clicked;

        page.FindAll("[data-testid=rotate], [data-testid=secret-once]").Select(one => one.GetAttribute("data-testid")).ShouldBe(["rotate", "secret-once"]);
        JSInterop.VerifyFocusAsyncInvoke();
    }

    [Fact]
    public async Task an_address_that_may_not_be_used_is_told_beside_its_field()
    {
        var page = Render<WebhooksPage>();
        await page.Find("[data-testid=webhook-url]").ChangeAsync("http://10.0.0.1/");
        await page.Find("form").SubmitAsync();
        page.Find("#webhook-url-error").TextContent.ShouldContain("https://");
        page.FindAll("[data-testid=webhook-row]").ShouldBeEmpty();
    }

    [Fact]
    public async Task a_test_stands_among_what_was_sent()
    {
        var page = Show(await AddAsync());
        await page.Find("[data-testid=test]").ClickAsync(new());
        page.Find("[data-testid=delivery]").TextContent.ShouldContain("Test");
        page.Find("[data-testid=delivery-state]").TextContent.ShouldBe("On its way");
    }

    [Fact]
    public async Task an_answer_that_was_no_is_shown_and_send_again_puts_it_in_line()
    {
        var endpoint = await AddAsync();
        await Pipeline.Get<GenerationStore>().AddAsync(Some.Generation(new GenerationState.Failed(Some.Problem)), idempotency: null, CancellationToken.None);
        var store = Pipeline.Get<AttemptStore>();
        var reply = new Reply(410, "nobody lives here");
        await store.RecordAsync((await store.ClaimNextAsync(CancellationToken.None))!, reply, RetryPlan.After(1, reply, null, Pipeline.Clock.GetUtcNow(), 0.5), CancellationToken.None);

        var page = Show(endpoint);
        page.Find("[data-testid=answer]").TextContent.ShouldBe("Answered 410: nobody lives here");
        page.Find("[data-testid=webhook-state]").TextContent.ShouldBe("Switched off");
        page.Markup.ShouldContain("410 Gone");
        await page.Find("[data-testid=enable]").ClickAsync(new());
        page.Find("[data-testid=webhook-state]").TextContent.ShouldBe("On");

        await page.Find("[data-testid=send-again]").ClickAsync(new());
        page.Find("[data-testid=delivery-state]").TextContent.ShouldBe("On its way");
        (await store.ClaimNextAsync(CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task what_was_missed_is_sent_again_as_far_back_as_it_is_kept()
    {
        Pipeline.Get<ProductVideo.Webhooks.WebhookOptions>().KeepFor = TimeSpan.FromDays(90);
        await AddAsync();
        await Pipeline.Get<GenerationStore>().AddAsync(Some.Generation(new GenerationState.Failed(Some.Problem)), idempotency: null, CancellationToken.None);
        Pipeline.Clock.Advance(TimeSpan.FromDays(60));
        var page = Show(await AddAsync());
        page.FindAll("[data-testid=delivery]").ShouldBeEmpty();

        await page.Find("[data-testid=replay-missed]").ClickAsync(new());
        page.FindAll("[data-testid=delivery]").ShouldHaveSingleItem().TextContent.ShouldContain("A video did not work");

        Pipeline.Clock.Advance(TimeSpan.FromDays(40));
        var late = Show(await AddAsync());
        await late.Find("[data-testid=replay-missed]").ClickAsync(new());
        late.FindAll("[data-testid=delivery]").ShouldBeEmpty();
        Services.GetRequiredService<MudBlazor.ISnackbar>().ShownSnackbars.Select(shown => shown.Message).ShouldContain("Nothing was missed in the last 90 days.");
    }

    [Fact]
    public void a_webhook_that_is_gone_is_said_so() =>
        Render<WebhookPage>(page => page.Add(p => p.Id, Guid.NewGuid())).Markup.ShouldContain("There is no such webhook");
}
