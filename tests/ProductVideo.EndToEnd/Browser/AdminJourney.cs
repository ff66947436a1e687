using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Browser;

/// <summary>Somebody on the pages of the real host, which has data of its own, in a real Chromium.</summary>
public abstract class AdminJourney(Chromium chromium) : IAsyncLifetime
{
    private readonly string _data = Checkout.NewFolder();
    private HostProcess? _host;
    private Chromium.Visit? _visit;

    private protected HostProcess Host => _host!;

    /// <summary>What the browser's console and its pages complained of.</summary>
    protected List<string> Complaints { get; } = [];

    /// <summary>The host's settings beside the usual ones.</summary>
    protected virtual IReadOnlyDictionary<string, string>? Settings => null;

    public virtual async ValueTask InitializeAsync()
    {
        _host = await HostProcess.ServeAsync(_data, Settings);
        _visit = await chromium.VisitAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_visit is not null)
            await _visit.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>An empty page of somebody who was never here.</summary>
    protected async Task<IPage> PageAsync(int width = 1280, int height = 900)
    {
        var page = await _visit!.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        // The first render on a loaded machine takes a while; these are bounds, not waits.
        page.SetDefaultTimeout(180_000);
        Assertions.SetDefaultExpectTimeout(180_000);
        page.Console += (_, message) =>
        {
            if (message.Type is "error")
                Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        return page;
    }

    /// <summary>The products, to somebody who signed in by the printed link.</summary>
    protected async Task<IPage> SignedInAsync(int width = 1280, int height = 900)
    {
        var page = await PageAsync(width, height);
        await page.GotoAsync(Host.SignInLink);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByTestId("product-card").First.WaitForAsync();
        return page;
    }

    protected static async Task ShouldFitAsync(IPage page) =>
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBeLessThanOrEqualTo(0, "the page is wider than the phone");

    protected static async Task ShouldBeAccessibleAsync(IPage page)
    {
        var found = await page.RunAxe();
        found.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}").ShouldBeEmpty();
    }
}
