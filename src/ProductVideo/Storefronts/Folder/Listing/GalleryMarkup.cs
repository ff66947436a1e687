using System.Globalization;

namespace ProductVideo.Storefronts.Folder.Listing;

/// <summary>The gallery: a strip of slides that scrolls by itself, and thumbnails that are plain links, so that it works without a script.</summary>
internal static class GalleryMarkup
{
    public static Html Of(ProductView view)
    {
        if (view.Media.Count == 0)
            return Html.Of($"""<section class="gallery"><div class="stage"></div></section>""");
        var thumbs = view.Media.Count < 2 ? Html.Empty : Html.Of($"""
            <ul class="thumbs">
              {view.Media.Select((m, i) => Thumb(view, m, i))}
            </ul>
            """);
        return Html.Of($"""
            <section class="gallery" aria-label="{view.Words.Gallery}" data-gallery>
              <div class="stage" tabindex="0" role="group" aria-label="{view.Words.Gallery}">
                {view.Media.Select((m, i) => Slide(view, m, i))}
              </div>
              {thumbs}
            </section>
            """);
    }

    private static Html Slide(ProductView view, MediaView media, int index) => media.Video is { } video
        ? Html.Of($"""
            <figure class="slide clip" id="media-{index + 1}">
              <video muted playsinline loop controls preload="none" poster="{media.StillUrl}" width="{video.Width}" height="{video.Height}" aria-label="{Described(view, media)}">
                <source src="{media.Url}" type="video/mp4">
              </video>
              <button type="button" class="motion" data-play="{view.Words.Play}" data-pause="{view.Words.Pause}" aria-label="{view.Words.Play}" hidden></button>
              {(video.MadeWithAi ? Html.Of($"""<p class="made-with-ai">{view.Words.MadeWithAi}</p>""") : Html.Empty)}
              <figcaption class="unseen">{Described(view, media)}</figcaption>
            </figure>
            """)
        : Html.Of($"""
            <div class="slide" id="media-{index + 1}"><img src="{media.Url}" alt="{Described(view, media)}" referrerpolicy="no-referrer" {Urgency(index)}></div>
            """);

    private static Html Thumb(ProductView view, MediaView media, int index)
    {
        var kind = media.Video is null ? view.Words.Picture : view.Words.Video;
        var label = string.Create(CultureInfo.InvariantCulture, $"{kind} {index + 1}/{view.Media.Count}")
            + (media.Text.Length > 0 ? ": " + media.Text : "");
        var still = media.StillUrl is { } url ? Html.Of($"""<img src="{url}" alt="" loading="lazy" referrerpolicy="no-referrer">""") : Html.Empty;
        var mark = media.Video is null ? Html.Empty : Html.Of($"""<span class="triangle" aria-hidden="true"></span>""");
        var current = index == 0 ? Html.Of($""" aria-current="true" """) : Html.Empty;
        return Html.Of($"""<li><a href="#media-{index + 1}" aria-label="{label}"{current}>{still}{mark}</a></li>""");
    }

    private static string Described(ProductView view, MediaView media) => media.Text.Length > 0 ? media.Text : view.Title;

    private static Html Urgency(int index) => index == 0 ? Html.Of($"""fetchpriority="high" """) : Html.Of($"""loading="lazy" """);
}
