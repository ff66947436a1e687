using Microsoft.Playwright;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Browser;

/// <summary>A merchant fills a collection with videos, in a real Chromium on the real host: what would be made, its price, the start, the end.</summary>
public sealed class BackfillJourneyTests(Chromium chromium) : AdminJourney(chromium)
{

    [Fact]
    public async Task a_collection_is_priced_started_and_followed_to_its_end()
    {
        var page = await SignedInAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Backfills", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("no-backfills")).ToBeVisibleAsync();
        await page.GetByTestId("scan").WaitForAsync();
        await ShouldBeAccessibleAsync(page);

        await page.GetByTestId("new-backfill").ClickAsync();
        await page.GetByTestId("words-collections").GetByRole(AriaRole.Button).First.ClickAsync();
        await page.GetByTestId("most-videos").FillAsync("0");
        await page.GetByTestId("seconds").FillAsync("3");
        await page.GetByTestId("save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("mistake-caps.videos")).ToBeVisibleAsync();
        await ShouldBeAccessibleAsync(page);
        await page.GetByTestId("most-videos").FillAsync("2");
        await page.GetByTestId("has-blackout").CheckAsync();
        await page.GetByTestId("blackout-from").FillAsync("00:01");
        await page.GetByTestId("blackout-to").FillAsync("00:02");
        await page.GetByTestId("save").ClickAsync();

        await page.GetByTestId("quote-price").WaitForAsync();
        (await page.GetByTestId("quote-price").TextContentAsync()).ShouldBe("Free");
        (await page.GetByTestId("quote-videos").TextContentAsync()).ShouldBe("2 videos");
        (await page.GetByTestId("plan").TextContentAsync())!.ShouldContain("00:01 to 00:02");
        (await page.GetByTestId("skipped-OutOfScope").CountAsync()).ShouldBe(1);
        await Assertions.Expect(page.Locator("[data-testid=item-state]").Filter(new() { HasText = "To be made" })).ToHaveCountAsync(2);
        await ShouldBeAccessibleAsync(page);

        await page.GetByTestId("start").ClickAsync();
        // Everything that the bar says, up to the end, in order.
        var rest = await page.EvaluateAsync<int[]>(
            """
            () => new Promise(done => {
              const seen = [];
              const look = () => {
                const rest = document.querySelector('[data-testid=backfill-progress]')?.dataset.rest;
                if (rest !== undefined && seen.at(-1) !== Number(rest)) seen.push(Number(rest));
                document.querySelector('[data-state=Done]') ? done(seen) : requestAnimationFrame(look);
              };
              look();
            })
            """);
        rest.ShouldBe(rest.Order());
        rest.ShouldContain(0, "the bar was there before anything was made");
        rest[^1].ShouldBe(2);
        (await page.GetByTestId("count-Review").TextContentAsync())!.ShouldContain("2");
        await ShouldBeAccessibleAsync(page);

        await page.GetByTestId("to-review").ClickAsync();
        var firstTitle = await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).TextContentAsync();
        await page.GetByTestId("approve").ClickAsync();
        await page.GetByTestId("next").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).Not.ToHaveTextAsync(firstTitle!);
        await page.GetByTestId("approve").WaitForAsync();
        await Assertions.Expect(page.GetByTestId("next")).ToHaveCountAsync(0);
        await ShouldBeAccessibleAsync(page);
        Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task products_are_ticked_on_a_phone_and_priced_as_one_order()
    {
        var page = await SignedInAsync(390, 844);
        await page.Locator("[data-product=stoneware-mug]").GetByTestId("choose").CheckAsync();
        await page.Locator("[data-product=oak-wall-clock]").GetByTestId("choose").CheckAsync();
        await ShouldBeAccessibleAsync(page);
        await page.GetByTestId("make-of-chosen").ClickAsync();

        await page.GetByTestId("quote-videos").WaitForAsync();
        (await page.GetByTestId("quote-videos").TextContentAsync()).ShouldBe("2 videos");
        await ShouldFitAsync(page);
        await ShouldBeAccessibleAsync(page);
        await page.GotoAsync(Host.Address + "/backfills/new");
        await page.GetByTestId("save").WaitForAsync();
        await ShouldFitAsync(page);
        await page.GotoAsync(Host.Address + "/?needs=video");
        await page.GetByTestId("lacking-row").First.WaitForAsync();
        await ShouldFitAsync(page);
        await ShouldBeAccessibleAsync(page);
        Complaints.ShouldBeEmpty();
    }
}
