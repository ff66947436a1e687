using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ProductVideo.Admin.Backfills;
using ProductVideo.Admin.Choosing;
using ProductVideo.Admin.Products;
using ProductVideo.Admin.Videos;
using ProductVideo.Admin.Webhooks;
using ProductVideo.Backfills;
using ProductVideo.Choosing;
using ProductVideo.Webhooks.Outgoing;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

/// <summary>A second press that is on its way before the browser knows of the first.</summary>
public sealed class DoubleClickTests : BackfillPages
{
    private readonly SlowVisitor _visitor = new();

    internal override void AddToPages(IServiceCollection services) => services.AddSingleton<AuthenticationStateProvider>(_visitor);

    [Fact]
    public async Task makes_one_backfill_of_what_is_ticked()
    {
        var page = Render<ProductsPage>();
        await page.Find("[data-testid=choose]").ChangeAsync(true);

        await TwiceAsync(page, () => Button(page, "make-of-chosen").InvokeAsync(new()));

        (await Desk.ListAsync(new BackfillFilter("test"), CancellationToken.None)).ShouldHaveSingleItem();
        page.FindAll("[data-testid=selection]").ShouldBeEmpty();
    }

    [Fact]
    public async Task approves_what_is_ticked_once()
    {
        await ForReviewAsync();
        var page = Render<ReviewGridPage>();
        await page.Find("[data-testid=tick]").ChangeAsync(true);

        await TwiceAsync(page, () => Button(page, "approve-many").InvokeAsync(new()));

        page.Find("[data-testid=approve-told]").TextContent.ShouldBe("1 video approved.");
        page.FindAll("[data-testid=card-refused]").ShouldBeEmpty();
    }

    [Fact]
    public async Task removes_one_provider()
    {
        var lists = Pipeline.Get<ProviderLists>();
        await lists.PutAsync("test", new ProviderList { Choices = [new() { Provider = "scripted" }, new() { Provider = "local" }, new() { Provider = "local" }] }, "tester", CancellationToken.None);
        var page = Render<ChoiceList>(with => with.Add(p => p.Shop, Pipeline.Shop).Add(p => p.MayChange, true));
        var remove = page.FindComponents<MudIconButton>().First(button => button.Instance.UserAttributes["aria-label"] is "Remove Scripted").Instance.OnClick;

        await TwiceAsync(page, () => remove.InvokeAsync(new()));

        (await lists.FindAsync("test", CancellationToken.None))!.Choices.Select(choice => choice.Provider).ShouldBe(["local", "local"]);
    }

    [Fact]
    public async Task adds_one_webhook_and_tells_of_no_mistake()
    {
        var page = Render<WebhooksPage>();
        await page.Find("[data-testid=webhook-url]").ChangeAsync("https://shop.example/hooks");
        var form = page.Find("form");

        await TwiceAsync(page, () => form.SubmitAsync());
        // One that comes when the first has done its work.
        await page.Find("form").SubmitAsync();

        (await Pipeline.Get<OutgoingWebhooks>().ListAsync(own: null, CancellationToken.None)).ShouldHaveSingleItem();
        page.FindAll("[data-testid=secret]").ShouldHaveSingleItem();
        page.FindAll("#webhook-url-error .error").ShouldBeEmpty();
    }

    [Fact]
    public async Task asks_once_why_a_video_is_rejected()
    {
        var review = await ForReviewAsync();
        var dialogs = Dialogs();
        var page = Render<VideoPage>(with => with.Add(p => p.Id, review.Id));
        var reject = Button(page, "reject");

        await page.InvokeAsync(() => (reject.InvokeAsync(new()), reject.InvokeAsync(new())));

        dialogs.WaitForElement("[data-testid=confirm]");
        dialogs.FindAll("[data-testid=confirm]").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task asks_once_whether_a_price_is_agreed_to()
    {
        var quoted = await QuotedAsync();
        var dialogs = Dialogs();
        var page = Render<BackfillPage>(with => with.Add(p => p.Id, quoted.Id));
        var start = Button(page, "start");

        await page.InvokeAsync(() => (start.InvokeAsync(new()), start.InvokeAsync(new())));

        dialogs.WaitForElement("[data-testid=start-dialog]");
        dialogs.FindAll("[data-testid=start-dialog]").ShouldHaveSingleItem();
    }

    private static EventCallback<MouseEventArgs> Button(IRenderedComponent<IComponent> page, string testId) =>
        page.FindComponents<MudButton>().Single(button => button.Instance.UserAttributes.GetValueOrDefault("data-testid") is string id && id == testId).Instance.OnClick;

    private Task TwiceAsync(IRenderedComponent<IComponent> page, Func<Task> press) => page.InvokeAsync(async () =>
    {
        _visitor.Answers = new TaskCompletionSource();
        var both = Task.WhenAll(press(), press());
        _visitor.Answers.SetResult();
        await both;
    });

    /// <summary>Is known only once that is answered.</summary>
    private sealed class SlowVisitor : AuthenticationStateProvider
    {
        public TaskCompletionSource? Answers { get; set; }

        public override async Task<AuthenticationState> GetAuthenticationStateAsync()
        {
            if (Answers is { } answers)
                await answers.Task;
            return new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "merchant")], "test")));
        }
    }
}
