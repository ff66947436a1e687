using Microsoft.Playwright;
using ProductVideo.EndToEnd.Hosts;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace ProductVideo.EndToEnd.Hosts;

/// <summary>
/// The system's own Chromium, without a window. A start of it takes as long as many a test, so all of them share one, which the first that asks starts;
/// each <see cref="Visit"/> has cookies and a cache of its own.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] _arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        // The service is on this machine, which a page from elsewhere may ask only where a person allows it.
        "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests",
    ];

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _started = new(StartAsync);

    /// <summary>Somebody comes who was never here.</summary>
    public async Task<Visit> VisitAsync() => new((await _started.Value).Browser);

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated)
            return;
        var (playwright, browser) = await _started.Value;
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private static async Task<(IPlaywright, IBrowser)> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("PRODUCTVIDEO_CHROMIUM") ?? "/usr/bin/chromium",
            Args = _arguments,
        }));
    }

    /// <summary>The pages that one test opens; they are closed with it.</summary>
    public sealed class Visit(IBrowser browser) : IAsyncDisposable
    {
        private readonly List<IPage> _pages = [];

        /// <summary>A page of its own, which knows nothing of the others'.</summary>
        public async Task<IPage> NewPageAsync(BrowserNewPageOptions? options = null)
        {
            var page = await browser.NewPageAsync(options);
            _pages.Add(page);
            return page;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var page in _pages)
                await page.Context.CloseAsync();
        }
    }
}
