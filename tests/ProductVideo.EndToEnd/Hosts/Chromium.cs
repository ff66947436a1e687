using Microsoft.Playwright;

namespace ProductVideo.EndToEnd.Hosts;

/// <summary>The system's own Chromium, without a window.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] _quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, Browser) = (playwright, browser);

    public IBrowser Browser { get; }

    /// <param name="more">Arguments of the browser beside those that keep it quiet.</param>
    public static async Task<Chromium> StartAsync(params string[] more)
    {
        var playwright = await Playwright.CreateAsync();
        return new Chromium(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("PRODUCTVIDEO_CHROMIUM") ?? "/usr/bin/chromium",
            Args = [.. _quiet, .. more],
        }));
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
