using ProductVideo.Catalog;
using ProductVideo.Prompts;
using ProductVideo.Spending;

namespace ProductVideo.Planning;

/// <summary>What a plan is to be made for.</summary>
/// <param name="Recipe">From the template.</param>
/// <param name="Aspect">The frame's.</param>
/// <param name="Seconds">Above 0.</param>
/// <param name="Film">True where the plan itself is filmed; a generative model gets neither text nor cards, which it would only misspell.</param>
/// <param name="SilentTrack">Whether a silent track was asked for.</param>
/// <param name="Brand">The shop's look.</param>
internal sealed record PlanWish(ShotRecipe Recipe, AspectRatio Aspect, decimal Seconds, bool Film, bool SilentTrack, BrandKit Brand);

/// <summary>Makes the shot plan: shots, caption, end card.</summary>
internal static class PlanMaker
{
    private const decimal EndCardSeconds = 1.8m;

    /// <summary>The product is seen first, and read about then.</summary>
    private const decimal CaptionFrom = 1.0m;

    private const decimal CaptionUntil = 4.1m;
    private const decimal ShortestCaption = 1.2m;

    /// <summary>So long the product is seen whole with nothing over it, wherever its shots allow.</summary>
    private const decimal WholeSeconds = 1.0m;

    private const int LongestTitle = 90;

    /// <summary>What a cut leaves at a line's end.</summary>
    private static readonly char[] Dangling = [' ', ',', ';', ':', '–', '—', '-', '|', '/', '&', '('];

    /// <param name="product">Whose words stand on caption and card.</param>
    /// <param name="pictures">The product's pictures that may be filmed; none for a model that sees no picture.</param>
    /// <param name="wish">What the clip is to be.</param>
    /// <param name="notes">Takes what was left out.</param>
    /// <returns>The plan, and which of <paramref name="pictures"/> it films.</returns>
    public static (ShotPlan Plan, IReadOnlyList<int> Pictures) Make(
        ProductSnapshot product, IReadOnlyList<ProductImage> pictures, PlanWish wish, ICollection<string> notes)
    {
        var crossFade = wish.Film ? wish.Recipe.CrossFade : 0m;
        var card = wish.Film ? CardFor(product, wish, crossFade, notes) : null;
        var planned = pictures.Count == 0
            ? new PlannedShots([], [])
            : ShotPlanner.Plan(wish.Recipe, pictures, wish.Aspect, wish.Seconds, crossFade, card?.Seconds ?? 0m, keepsWidest: wish.Film);
        if (wish.Film && wish.Recipe.UsesAllPictures && planned.Pictures.Count < pictures.Count)
            notes.Add($"{planned.Pictures.Count} of {pictures.Count} pictures fit into the clip; a longer one shows more.");
        var plan = new ShotPlan
        {
            Aspect = wish.Aspect.ToString(),
            Shots = planned.Shots,
            CrossFade = crossFade,
            Seconds = wish.Seconds,
            EndCard = card,
            Background = wish.Brand.Background,
            SilentTrack = wish.Film && wish.SilentTrack,
        };
        if (wish.Film)
        {
            plan = WithWholeView(plan, wish.Recipe.MinShotSeconds);
            var main = pictures.Count > 0 ? pictures[0].Id : null;
            plan = plan with { Caption = CaptionFor(product, main, [.. planned.Pictures.Select(i => pictures[i].Id)], wish, plan, notes) };
        }

        return (plan, planned.Pictures);
    }

    /// <summary>Where no shot shows the product whole for long enough, the one that comes nearest takes the time from the others.</summary>
    private static ShotPlan WithWholeView(ShotPlan plan, decimal minShot)
    {
        var shots = plan.Shots.ToArray();
        var widest = Array.IndexOf(shots, shots.MinBy(shot => Math.Min(shot.Camera.From.Zoom, shot.Camera.To.Zoom)));
        while (WholeView.Seconds(plan, null) is > 0 and < WholeSeconds)
        {
            var longest = Enumerable.Range(0, shots.Length).Where(i => i != widest).DefaultIfEmpty(widest).MaxBy(i => shots[i].Seconds);
            if (longest == widest || shots[longest].Seconds - WholeView.Tenth < minShot)
                break;
            shots[widest] = shots[widest] with { Seconds = shots[widest].Seconds + WholeView.Tenth };
            shots[longest] = shots[longest] with { Seconds = shots[longest].Seconds - WholeView.Tenth };
            plan = plan with { Shots = [.. shots] };
        }

        return plan;
    }

    private static EndCard? CardFor(ProductSnapshot product, PlanWish wish, decimal crossFade, ICollection<string> notes)
    {
        if (!wish.Brand.EndCard)
            return null;
        if (wish.Seconds - EndCardSeconds + crossFade < wish.Recipe.MinShotSeconds)
        {
            notes.Add("The clip is too short for an end card, so it has none.");
            return null;
        }

        var (vendor, name) = (Line(product.Vendor), Line(wish.Brand.Name));
        var title = wish.Brand.ShowTitle ? Line(product.Title) : null;
        var headline = name ?? vendor ?? title;
        if (headline is null && wish.Brand.LogoBlobKey is null)
        {
            notes.Add("There is no name and no logo for an end card, so the clip has none.");
            return null;
        }

        var subline = name is not null && vendor is not null && !string.Equals(name, vendor, StringComparison.OrdinalIgnoreCase) ? vendor : null;
        if (WasCut(wish.Brand.Name, name))
            notes.Add("The shop's name was shortened for the end card.");
        if ((name is null || subline is not null) && WasCut(product.Vendor, vendor))
            notes.Add("The brand's name was shortened for the end card.");
        return new EndCard(EndCardSeconds, headline, subline, wish.Brand.Color, wish.Brand.LogoBlobKey, product.Locale)
        {
            Otherwise = headline == title ? null : title,
        };
    }

    /// <param name="product">Whose words stand on it.</param>
    /// <param name="mainImage">The id of the picture that shows it; null where none does.</param>
    /// <param name="filmed">The ids of the pictures that the plan's shots number.</param>
    /// <param name="wish">What the clip is to be.</param>
    /// <param name="plan">With all but the caption.</param>
    /// <param name="notes">Takes what was left out.</param>
    private static Caption? CaptionFor(
        ProductSnapshot product, string? mainImage, IReadOnlyList<string> filmed, PlanWish wish, ShotPlan plan, ICollection<string> notes)
    {
        var title = wish.Brand.ShowTitle ? Line(product.Title) : null;
        var shown = wish.Brand.ShowPrice ? ShownPrice.Of(product, mainImage) : null;
        var latest = Math.Min(CaptionUntil, Math.Floor((plan.Seconds - (plan.EndCard?.Seconds ?? 0m)) * 10m) / 10m);
        if (shown is { } own && Denied(plan, filmed, own, product) is { } end && end < latest)
        {
            if (end - CaptionFrom < ShortestCaption)
                shown = null;
            else
                latest = end;
        }

        if (wish.Brand.ShowPrice && shown is null && product.Price is not null)
            notes.Add("Its variants cost differently, so the film shows no price.");
        var price = shown is { } amount ? PriceText.Format(amount, product.Locale) : null;
        if (title is null && price is null)
            return null;
        if (latest - CaptionFrom < ShortestCaption)
        {
            notes.Add("The clip is too short to read a caption, so it has none.");
            return null;
        }

        var whole = Math.Min(WholeSeconds, WholeView.Seconds(plan, null));
        var caption = new Caption(title ?? "", price, product.Locale, CaptionFrom, latest);
        while (WholeView.Seconds(plan, caption) < whole)
        {
            if (caption.Until - WholeView.Tenth - CaptionFrom < ShortestCaption)
            {
                notes.Add("A caption would cover the only view of the whole product, so the clip has none.");
                return null;
            }

            caption = caption with { Until = caption.Until - WholeView.Tenth };
        }

        if (WasCut(product.Title, title))
            notes.Add("The title was shortened for the caption.");
        return caption;
    }

    /// <summary>When the first shot begins that is seen after <see cref="CaptionFrom"/> and shows a variant of another price; null where none does.</summary>
    private static decimal? Denied(ShotPlan plan, IReadOnlyList<string> filmed, Money price, ProductSnapshot product)
    {
        var start = 0m;
        foreach (var shot in plan.Shots)
        {
            if (start + shot.Seconds > CaptionFrom && ShownPrice.IsDenied(price, product, filmed[shot.ImageIndex]))
                return start;
            start += shot.Seconds - plan.CrossFade;
        }

        return null;
    }

    private static string? Line(string? text)
    {
        var whole = PlainText.OneLine(text, 2 * LongestTitle);
        var line = whole.Length > LongestTitle ? PlainText.CutAtWord(whole, LongestTitle).TrimEnd(Dangling) : whole;
        return line.Length > 0 ? line : null;
    }

    private static bool WasCut(string? text, string? line) => line is not null && PlainText.OneLine(text, 2 * LongestTitle) != line;
}
