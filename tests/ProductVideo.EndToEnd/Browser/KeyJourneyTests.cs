using System.Net;
using System.Net.Http.Headers;
using Microsoft.Playwright;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Browser;

/// <summary>A merchant without a shell lets a program in and ends that, in a real Chromium on the real host.</summary>
public sealed class KeyJourneyTests(Chromium chromium) : AdminJourney(chromium)
{
    [Fact]
    public async Task a_key_is_made_copied_used_and_revoked_on_a_phone()
    {
        var page = await SignedInAsync(390, 844);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GetByRole(AriaRole.Link, new() { Name = "API keys" }).ClickAsync();
        await page.GetByTestId("make-key").WaitForAsync();
        await ShouldFitAsync(page);
        await ShouldBeAccessibleAsync(page);

        await page.GetByTestId("key-name").FillAsync(new string('w', 100));
        await page.GetByTestId("make-key").ClickAsync();
        await page.GetByTestId("copy-key").ClickAsync();
        await Assertions.Expect(page.GetByTestId("copied-key")).ToHaveTextAsync("Copied.");
        var key = await page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        key.ShouldBe(await page.GetByTestId("key").TextContentAsync());
        (await AskAsync(key)).ShouldBe(HttpStatusCode.OK);
        await ShouldFitAsync(page);
        await ShouldBeAccessibleAsync(page);

        await page.GetByTestId("revoke").ClickAsync();
        await page.GetByTestId("confirm").ClickAsync();
        await page.GetByTestId("keys-over").Locator("summary").ClickAsync();
        await Assertions.Expect(page.GetByTestId("keys-over").GetByTestId("key-state")).ToHaveTextAsync("Revoked");
        (await AskAsync(key)).ShouldBe(HttpStatusCode.Unauthorized);
        // While it comes and goes it is half seen, and is measured so.
        await Assertions.Expect(page.Locator(".mud-snackbar")).ToHaveCountAsync(0);
        await ShouldFitAsync(page);
        await ShouldBeAccessibleAsync(page);
        Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task without_a_clipboard_the_browser_s_own_copying_is_used_and_where_that_fails_too_it_is_said()
    {
        var page = await SignedInAsync();
        await page.Context.GrantPermissionsAsync(["clipboard-read"]);
        await page.GotoAsync(Host.Address + "/keys");
        await page.GetByTestId("key-name").FillAsync("Nightly job");
        await page.GetByTestId("make-key").ClickAsync();
        await page.GetByTestId("key").WaitForAsync();
        // As in a page that came without https.
        await page.EvaluateAsync("() => { window.clipboard = navigator.clipboard; Object.defineProperty(navigator, 'clipboard', { value: undefined }); }");
        await page.GetByTestId("copy-key").ClickAsync();
        await Assertions.Expect(page.GetByTestId("copied-key")).ToHaveTextAsync("Copied.");
        (await page.EvaluateAsync<string>("() => window.clipboard.readText()")).ShouldBe(await page.GetByTestId("key").TextContentAsync());

        await page.EvaluateAsync("() => { document.execCommand = () => false; }");
        await page.GetByTestId("copy-key").ClickAsync();
        await Assertions.Expect(page.GetByTestId("copied-key")).ToContainTextAsync("copy it with the keyboard");
        (await page.EvaluateAsync<string>("() => getSelection().toString()")).ShouldBe(await page.GetByTestId("key").TextContentAsync());
    }

    [Fact]
    public async Task every_name_in_the_top_bar_stands_in_one_line_in_a_window_of_any_width()
    {
        var page = await SignedInAsync();
        foreach (var width in new[] { 1280, 1249, 1248, 960, 600, 390 })
        {
            await page.SetViewportSizeAsync(width, 800);
            await ShouldFitAsync(page);
            var heights = await page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('.topbar nav a')].map(link => link.getBoundingClientRect().height)");
            heights.Length.ShouldBe(8);
            heights.Max().ShouldBeLessThan(45, $"at {width} pixels");
        }
    }

    private async Task<HttpStatusCode> AskAsync(string key)
    {
        using var client = new HttpClient { BaseAddress = new Uri(Host.Address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.GetAsync("/api/v1/generations");
        return answer.StatusCode;
    }
}
