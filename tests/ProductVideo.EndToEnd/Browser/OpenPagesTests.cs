using Microsoft.Playwright;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Browser;

/// <summary>Pages that are open while their server goes, and in narrow windows, in a real Chromium on the real host.</summary>
public sealed class OpenPagesTests(Chromium chromium) : AdminJourney(chromium)
{
    /// <summary>As Blazor's script tells that the server knows the page no more.</summary>
    private const string Reject =
        """
        () => {
          window.isSame = true;
          const modal = document.getElementById("components-reconnect-modal");
          modal.classList.add("components-reconnect-rejected");
          modal.dispatchEvent(new CustomEvent("components-reconnect-state-changed", { detail: { state: "rejected" } }));
        }
        """;

    private const string IsSame = "() => window.isSame === true";

    [Fact]
    public async Task a_server_that_was_started_anew_loads_a_page_by_itself_only_where_nothing_was_typed()
    {
        var page = await SignedInAsync();
        await page.GotoAsync(Host.Address + "/backfills/new");
        await page.GetByTestId("name").WaitForAsync();
        await page.EvaluateAsync(Reject);
        await page.WaitForFunctionAsync("() => window.isSame === undefined");

        await page.GetByTestId("name").FillAsync("Mugs for spring");
        await page.EvaluateAsync(Reject);
        var again = page.GetByRole(AriaRole.Button, new() { Name = "Load the page again" });
        await Assertions.Expect(again).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#components-reconnect-modal .failed")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByTestId("name")).ToHaveValueAsync("Mugs for spring");
        (await page.EvaluateAsync<bool>(IsSame)).ShouldBeTrue();

        await again.ClickAsync();
        await page.WaitForFunctionAsync("() => window.isSame === undefined");
    }

    [Fact]
    public async Task in_a_narrow_window_no_state_sticks_out_of_its_row_and_in_a_wide_one_labels_stand_in_a_line()
    {
        var page = await SignedInAsync();
        var tops = await page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('.page-head .field > span:first-child')].map(label => label.getBoundingClientRect().top)");
        tops.Length.ShouldBeGreaterThan(1);
        (tops.Max() - tops.Min()).ShouldBeLessThan(1);

        await page.Locator("[data-testid=product-card][data-product=stoneware-mug]").GetByTestId("generate").ClickAsync();
        await page.GetByTestId("approve").WaitForAsync();
        await page.SetViewportSizeAsync(320, 640);
        await page.GotoAsync(Host.Address + "/videos");
        await Assertions.Expect(page.GetByTestId("state").First).ToHaveTextAsync("Ready for your review");
        (await page.EvaluateAsync<double>(
            "() => document.querySelector('.row').getBoundingClientRect().right - document.querySelector('.row .chip').getBoundingClientRect().right")).ShouldBeGreaterThan(0);
    }
}
