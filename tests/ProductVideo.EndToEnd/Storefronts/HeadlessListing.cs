using System.Globalization;
using System.Net;
using Microsoft.Playwright;
using ProductVideo.EndToEnd.Hosts;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>
/// The listing page of a shop that has none of its own: as the plugin's README tells a storefront to show a clip, from nothing but what the
/// public interface gives a shopper.
/// </summary>
internal static class HeadlessListing
{
    /// <summary>Opens it, and plays the clip until it has moved.</summary>
    /// <param name="visit">A shopper's.</param>
    /// <param name="title">Of the product.</param>
    /// <param name="picture">Its main photograph's address; null to show none.</param>
    /// <param name="clip">Where the clip is.</param>
    /// <param name="poster">Where its poster is.</param>
    /// <param name="width">Pixels of the clip.</param>
    /// <param name="height">Pixels of the clip.</param>
    public static async Task<IPage> OpenAsync(Chromium.Visit visit, string title, string? picture, string clip, string? poster, int width, int height)
    {
        var page = await visit.NewPageAsync(new() { ViewportSize = new() { Width = 1100, Height = 720 } });
        var photograph = picture is null ? "" : $"""<img src="{Text(picture)}" alt="{Text(title)}">""";
        await page.SetContentAsync(
            $$"""
              <!doctype html><html lang="en"><title>{{Text(title)}}</title>
              <style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto } .gallery { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem }
                img, video { width: 100%; height: auto; border-radius: 8px; display: block }</style>
              <h1>{{Text(title)}}</h1>
              <div class="gallery">{{photograph}}
                <figure style="margin: 0"><video src="{{Text(clip)}}" poster="{{Text(poster ?? "")}}" width="{{Number(width)}}" height="{{Number(height)}}" controls muted playsinline preload="none"></video></figure>
              </div>
              """);
        await page.EvaluateAsync("() => document.querySelector('video').play()");
        await page.WaitForFunctionAsync("() => document.querySelector('video').currentTime > 0.5 && document.querySelector('video').videoWidth > 0");
        return page;
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
