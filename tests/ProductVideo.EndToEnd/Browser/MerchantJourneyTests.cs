using System.Text.Json;
using Microsoft.Playwright;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Browser;

/// <summary>What a newcomer does, in a real Chromium on the real host: from the printed link to the clip that plays on the listing.</summary>
public sealed class MerchantJourneyTests(Chromium chromium) : AdminJourney(chromium)
{

    protected override IReadOnlyDictionary<string, string>? Settings => HostProcess.FullSize;

    [Fact]
    public async Task from_grid_to_a_clip_that_plays_on_the_listing()
    {
        var page = await SignedInAsync();
        (await page.GetByTestId("product-card").CountAsync()).ShouldBeGreaterThanOrEqualTo(12);
        await ShouldHavePicturesAsync(page);
        await ShouldBeAccessibleAsync(page);

        await page.Locator("[data-testid=product-card][data-product=stoneware-mug]").GetByTestId("generate").ClickAsync();
        await page.ShouldComeToAsync("/videos/");
        // Everything that the bar says, up to the clip, in order.
        var progress = await page.EvaluateAsync<double[]>(
            """
            () => new Promise(done => {
              const seen = [];
              const look = () => {
                const bar = document.querySelector('[data-testid=progress]');
                const now = (bar?.hasAttribute('aria-valuenow') ? bar : bar?.querySelector('[aria-valuenow]'))?.getAttribute('aria-valuenow');
                if (now) seen.push(Number(now));
                document.querySelector('[data-testid=clip]') ? done(seen) : requestAnimationFrame(look);
              };
              look();
            })
            """);

        progress.Distinct().Count().ShouldBeGreaterThan(2, "the progress bar moved");
        progress.ShouldBe(progress.Order());
        await ShouldPlayAsync(page, "[data-testid=clip]");
        await ShouldBeAccessibleAsync(page);

        await page.GetByTestId("approve").ClickAsync();
        var listing = await page.Context.RunAndWaitForPageAsync(() => page.GetByTestId("listing-link").ClickAsync());
        listing.Url.ShouldEndWith("/shop/sample/products/stoneware-mug");
        await ShouldPlayAsync(listing, "video");
        await ShouldBeAccessibleAsync(listing);
        Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_product_shows_its_exact_prompt_before_anything_is_ordered()
    {
        var page = await SignedInAsync(390, 844);
        await page.GotoAsync(Host.Address + "/products/sample/stoneware-mug");
        await page.GetByTestId("prompt").First.WaitForAsync();
        await ShouldFitAsync(page);
        Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task without_the_link_nobody_gets_in()
    {
        var page = await PageAsync();
        await page.GotoAsync(Host.Address + "/");
        page.Url.ShouldContain("/sign-in");
        (await page.ContentAsync()).ShouldContain("sign-in");
        await page.GotoAsync(Host.Address + "/shop/sample/");
        (await page.Locator("img").CountAsync()).ShouldBeGreaterThan(5);
    }

    /// <summary>Every picture in view has pixels.</summary>
    private static async Task ShouldHavePicturesAsync(IPage page)
    {
        await page.WaitForFunctionAsync("() => [...document.images].filter(i => i.getBoundingClientRect().top < innerHeight).every(i => i.complete && i.naturalWidth > 0)");
        (await page.Locator("[data-testid=product-card] img").CountAsync()).ShouldBeGreaterThanOrEqualTo(12);
    }

    /// <summary>The video has data, a length, moves when played, and shows a frame that is neither black nor empty.</summary>
    private static async Task ShouldPlayAsync(IPage page, string selector)
    {
        await page.Locator(selector).First.WaitForAsync();
        var seen = await page.EvaluateAsync<JsonElement>(
            """
            async selector => {
              const found = document.querySelector(selector);
              const video = found.tagName === 'VIDEO' ? found : found.querySelector('video');
              video.muted = true;
              video.preload = 'auto';
              video.scrollIntoView();
              // The listing stops what is not in view, and may notice only now that this one is.
              for (let playing = false; !playing;)
                playing = await video.play().then(() => true, e => { if (e.name !== 'AbortError') throw e; return false; });
              await new Promise(done => { const look = () => video.currentTime > 0.5 && video.readyState >= 2 ? done() : requestAnimationFrame(look); look(); });
              const canvas = document.createElement('canvas');
              canvas.width = canvas.height = 64;
              const context = canvas.getContext('2d');
              context.drawImage(video, 0, 0, 64, 64);
              const data = context.getImageData(0, 0, 64, 64).data;
              let sum = 0, squares = 0;
              for (let i = 0; i < data.length; i += 4) { const y = (data[i] + data[i + 1] + data[i + 2]) / 3; sum += y; squares += y * y; }
              const mean = sum / 4096;
              return { readyState: video.readyState, duration: video.duration, mean, spread: Math.sqrt(squares / 4096 - mean * mean), width: video.videoWidth };
            }
            """, selector);
        seen.GetProperty("readyState").GetInt32().ShouldBeGreaterThanOrEqualTo(2);
        seen.GetProperty("duration").GetDouble().ShouldBeInRange(8, 12);
        seen.GetProperty("mean").GetDouble().ShouldBeGreaterThan(20);
        seen.GetProperty("spread").GetDouble().ShouldBeGreaterThan(2);
        seen.GetProperty("width").GetInt32().ShouldBeGreaterThanOrEqualTo(1080);
    }
}
