using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Admin.Backfills;
using ProductVideo.Admin.Videos;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Spending;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

/// <summary>A page that leads on to the next one shows that, whatever answer comes late.</summary>
public sealed class LateAnswerTests : BackfillPages
{
    private readonly HeldVisitor _visitor = new();

    [Fact]
    public async Task a_video_that_was_left_does_not_come_up_in_the_place_of_the_next()
    {
        var mug = await Pipeline.OrderAsync();
        var vase = await OrderVaseAsync();
        var page = Render<VideoPage>(with => with.Add(p => p.Id, vase.Id));
        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldContain("Vase"));

        _visitor.Hold();
        var late = page.InvokeAsync(() => page.Instance.SetParametersAsync(At(mug.Id)));
        await _visitor.Asked;
        await page.InvokeAsync(() => page.Instance.SetParametersAsync(At(vase.Id)));
        _visitor.LetGo();
        await late;

        page.Find("h1").TextContent.ShouldContain("Vase");
    }

    [Fact]
    public async Task a_product_that_was_left_does_not_come_up_in_the_place_of_the_next()
    {
        await OrderVaseAsync();
        // Of a product that there is not, so that nothing on the page reads beside it.
        var page = Render<ProductVideo.Admin.Products.ProductPage>(with => with.Add(p => p.Shop, "test").Add(p => p.Id, "none"));
        page.WaitForElement("[role=alert]");

        var (answer, reads) = (new TaskCompletionSource(), Pipeline.Shop.Reads);
        Pipeline.Shop.Reading = answer.Task;
        var late = page.InvokeAsync(() => page.Instance.SetParametersAsync(Of("mug")));
        page.WaitForState(() => Pipeline.Shop.Reads > reads);
        Pipeline.Shop.Reading = Task.CompletedTask;
        await page.InvokeAsync(() => page.Instance.SetParametersAsync(Of("vase")));
        answer.SetResult();
        await late;

        page.Find("h1").TextContent.ShouldContain("Vase");
    }

    [Fact]
    public async Task a_page_has_its_head_before_its_data_is_there_for_the_keyboard_to_begin_at()
    {
        var mug = await Pipeline.OrderAsync();
        _visitor.Hold();
        var video = Render<VideoPage>(with => with.Add(p => p.Id, mug.Id));
        video.Find("h1").TextContent.Trim().ShouldBe("Video");
        video.Find("h1").GetAttribute("tabindex").ShouldBe("-1");
        _visitor.LetGo();
        video.WaitForAssertion(() => video.Find("h1").TextContent.Trim().ShouldBe("Stoneware mug"));

        var answer = new TaskCompletionSource();
        Pipeline.Shop.Reading = answer.Task;
        var product = Render<ProductVideo.Admin.Products.ProductPage>(with => with.Add(p => p.Shop, "test").Add(p => p.Id, "mug"));
        product.Find("h1").TextContent.Trim().ShouldBe("Product");
        answer.SetResult();
        product.WaitForAssertion(() => product.Find("h1").TextContent.Trim().ShouldBe("Stoneware mug"));
    }

    [Fact]
    public async Task a_page_that_goes_on_to_another_video_takes_the_keyboard_to_its_head_once_that_is_known()
    {
        var (mug, vase) = (await Pipeline.OrderAsync(), await OrderVaseAsync());
        var page = Render<VideoPage>(with => with.Add(p => p.Id, mug.Id));
        JSInterop.Invocations.ShouldNotContain(invocation => invocation.Identifier.Contains("focus", StringComparison.OrdinalIgnoreCase));

        _visitor.Hold();
        var going = page.InvokeAsync(() => page.Instance.SetParametersAsync(At(vase.Id)));
        await _visitor.Asked;
        JSInterop.Invocations.ShouldNotContain(invocation => invocation.Identifier.Contains("focus", StringComparison.OrdinalIgnoreCase));
        _visitor.LetGo();
        await going;

        page.WaitForAssertion(() => page.Find("h1").TextContent.Trim().ShouldBe("Vase"));
        page.WaitForAssertion(() => JSInterop.VerifyFocusAsyncInvoke());
    }

    [Fact]
    public async Task videos_of_a_state_that_was_left_do_not_come_up_under_the_next()
    {
        var ordered = await Pipeline.OrderAsync();
        var page = Render<VideosPage>();

        _visitor.Hold();
        Navigation.NavigateTo("/videos?state=Planned");
        await _visitor.Asked;
        Navigation.NavigateTo("/videos?state=Failed");
        _visitor.LetGo();
        await page.InvokeAsync(() => Task.CompletedTask);

        page.WaitForAssertion(() => page.Markup.ShouldContain("No video stands there now"));
        page.Markup.ShouldNotContain($"{ordered.Id}");
    }

    [Fact]
    public async Task runs_of_a_schedule_that_was_left_do_not_come_up_under_its_run()
    {
        var schedule = await QuotedAsync(new BackfillPlan { Schedule = new BackfillSchedule { Cron = "0 2 * * *" } });
        await Desk.StartAsync(schedule.Id, [new Money(50, "USD")], "merchant", CancellationToken.None);
        Pipeline.Clock.Advance(TimeSpan.FromHours(14));
        await WorkAsync();
        var run = (await Desk.ListAsync(new BackfillFilter(RunOf: schedule.Id), CancellationToken.None)).ShouldHaveSingleItem();
        var page = Render<BackfillPage>(with => with.Add(p => p.Id, run.Id));
        page.WaitForAssertion(() => page.Find(".back").GetAttribute("href").ShouldBe($"/backfills/{schedule.Id}"));

        _visitor.Hold();
        var late = page.InvokeAsync(() => page.Instance.SetParametersAsync(At(schedule.Id)));
        await _visitor.Asked;
        await page.InvokeAsync(() => page.Instance.SetParametersAsync(At(run.Id)));
        _visitor.LetGo();
        await late;

        page.Find(".back").GetAttribute("href").ShouldBe($"/backfills/{schedule.Id}");
        page.FindAll("[data-testid=backfill-row]").ShouldBeEmpty();
    }

    [Fact]
    public async Task who_asks_for_more_twice_gets_it_once()
    {
        for (var i = 0; i < 40; i++)
            await Pipeline.OrderAsync(VideoWishes.None with { Wish = $"wish {i}" });
        var page = Render<VideosPage>();

        _visitor.Hold();
        var first = page.Find("[data-testid=load-more]").ClickAsync();
        await _visitor.Asked;
        var again = page.InvokeAsync(() => page.FindComponent<ProductVideo.Admin.Layout.LoadMore>().Instance.OnMore.InvokeAsync());
        _visitor.LetGo();
        await Task.WhenAll(first, again);

        var shown = page.FindAll("[data-testid=video-row]").Select(row => row.GetAttribute("href")).ToList();
        shown.Count.ShouldBe(40);
        shown.Distinct().Count().ShouldBe(40);
    }

    internal override void AddToPages(IServiceCollection services) => services.AddSingleton<AuthenticationStateProvider>(_visitor);

    private static ParameterView At(Guid id) => ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Id"] = id });

    private static ParameterView Of(string product) =>
        ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Shop"] = "test", ["Id"] = product });

    private async Task<Generation> OrderVaseAsync()
    {
        Pipeline.Shop.Add("vase", ("vase.jpg", PipelineFixture.Picture(800, 600)));
        Pipeline.Shop.Edit("vase", vase => vase with { Title = "Vase" });
        return (await Generations.CreateAsync(
            new ProductRef("test", "vase"), VideoWishes.None with { Provider = "scripted", Aspect = "1:1", Seconds = 5 },
            new Requester("tester", GenerationOrigin.Api), key: null, CancellationToken.None)).Generation;
    }

    /// <summary>Says who looks, to whoever asks first after <see cref="Hold"/> only once that one is let go.</summary>
    private sealed class HeldVisitor : AuthenticationStateProvider
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _held;

        public Task Asked => _asked.Task;

        public void Hold() => _held = 1;

        public void LetGo() => _go.SetResult();

        public override async Task<AuthenticationState> GetAuthenticationStateAsync()
        {
            if (Interlocked.Exchange(ref _held, 0) == 1)
            {
                _asked.SetResult();
                await _go.Task;
            }

            return new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "merchant")], "test")));
        }
    }
}
