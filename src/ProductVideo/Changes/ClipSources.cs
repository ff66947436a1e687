using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Planning;
using ProductVideo.Prompts;
using ProductVideo.Providers;

namespace ProductVideo.Changes;

/// <summary>What a clip was made from, and what it would be made from now. Plans only: no picture is prepared, and nothing is asked of a provider.</summary>
internal sealed class ClipSources(
    GenerationStore store, ProductSnapshots snapshots, VideoProviders providers, Composer composer, TemplateCatalog templates, BrandKits brands)
{
    /// <summary>More changes of a changed clip than anybody makes.</summary>
    private const int LongestChain = 20;

    /// <summary>The order by whose recipe the clip was made: its own, or that of the clip of which it is a change.</summary>
    internal async Task<GenerationOrder> RootAsync(Generation clip, CancellationToken cancellationToken)
    {
        var order = clip.Order;
        for (var i = 0; i < LongestChain && order.Wishes.ChangeOf is { } source && await store.FindAsync(source, cancellationToken) is { } made; i++)
            order = made.Order;
        return order;
    }

    /// <summary>Fetches the pictures, and composes the clip again as it was composed.</summary>
    /// <param name="listed">The product as it is now.</param>
    /// <param name="order">The clip's root.</param>
    /// <param name="clip">What it was made from, where that is known.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">It can't be told now: a picture that the clip shows is listed, or may be, and can't be fetched.</exception>
    internal async Task<SourcesNow> NowAsync(ListedProduct listed, GenerationOrder order, MadeFrom? clip, CancellationToken cancellationToken)
    {
        var all = listed.Images.Select(image => new UsedPicture(image.Id, "")).ToList();
        if (listed.Images.Count == 0)
            return new SourcesNow(WithoutPictures(listed, order, clip), all);
        var taken = await snapshots.TakeAsync(listed, order.Wishes, mustHaveChosen: false, cancellationToken);
        var product = taken.Product;
        var fetched = product.Images.Select(image => new UsedPicture(image.Id, image.Sha256)).ToList();
        DemandFetched(listed, order.Wishes, fetched, taken.Away, clip);
        // Those behind the last that any clip shows are listed all the same.
        IReadOnlyList<UsedPicture> pictures = [.. fetched, .. all.Where(picture => fetched.TrueForAll(known => known.Id != picture.Id))];
        // One of those may be what the clip shows, under another id.
        if (clip is not null && pictures.Count > fetched.Count && ChangeReasons.Removed(clip, pictures).Any())
            pictures = await AllAsync(listed, clip, cancellationToken);
        return new SourcesNow(
            (await ComposeAsync(product, order, cancellationToken) ?? WithoutTheModel(listed, fetched, order, clip)) with { Template = CurrentOf(order.Template) }, pictures);
    }

    /// <summary>Whether a clip shows a picture that left the listing. Pictures are fetched only where one is not listed under its id any more: it may be under another.</summary>
    /// <exception cref="RefusedException">It can't be told now: a listed picture that may be the missing one can't be fetched.</exception>
    internal async Task<bool> ShowsRemovedAsync(Generation clip, ListedProduct listed, CancellationToken cancellationToken)
    {
        var known = listed.Images.Select(image => new UsedPicture(image.Id, "")).ToList();
        if ((await RootAsync(clip, cancellationToken)).MadeFrom is not { } from || !ChangeReasons.Removed(from, known).Any())
            return false;
        return known.Count == 0 || ChangeReasons.Removed(from, await AllAsync(listed, from, cancellationToken)).Any();
    }

    /// <summary>All that are listed, with the hashes of all that can be fetched.</summary>
    /// <exception cref="RefusedException">One that may be a picture of the clip that seems to have left can't be fetched.</exception>
    private async Task<IReadOnlyList<UsedPicture>> AllAsync(ListedProduct listed, MadeFrom clip, CancellationToken cancellationToken)
    {
        var every = VideoWishes.None with { ImageIds = [.. listed.Images.Select(image => image.Id)] };
        var taken = await snapshots.TakeAsync(listed, every, mustHaveChosen: false, cancellationToken);
        UsedPicture[] all = [.. listed.Images.Select(image => new UsedPicture(image.Id, "")), .. taken.Product.Images.Select(image => new UsedPicture(image.Id, image.Sha256))];
        return taken.Away is [var away, ..] && ChangeReasons.Removed(clip, all).Any() ? throw Unreachable(listed, away) : all;
    }

    /// <summary>With the template and the shop's looks as they are now; the product itself is not looked at.</summary>
    /// <exception cref="RefusedException">The shop's looks can't be read.</exception>
    internal async Task<MadeFrom> InStyleAsync(MadeFrom sources, string shop, GenerationOrder order, CancellationToken cancellationToken) => sources with
    {
        Template = CurrentOf(order.Template),
        Brand = MadeFrom.BrandOf(order.Request.Mode, await brands.ForAsync(shop, order.Wishes, cancellationToken)),
    };

    /// <summary>Stands for a shop's looks: while it and the template stay, only the product can have changed.</summary>
    /// <exception cref="RefusedException">They can't be read.</exception>
    internal async Task<string> LooksAsync(string shop, CancellationToken cancellationToken) =>
        MadeFrom.BrandOf(VideoModes.Slideshow, await brands.ForAsync(shop, VideoWishes.None, cancellationToken));

    /// <summary>Of a clip that was made with this template, in a shop with these looks.</summary>
    internal string StyleOf(string template, string looks) => $"{CurrentOf(template)} {looks}";

    /// <summary>The template of that key as it is now; where it was taken away, the key alone.</summary>
    private string CurrentOf(string template) =>
        templates.All.FirstOrDefault(known => known.Key == Recipe.KeyOf(template))?.Id ?? Recipe.KeyOf(template);

    private async Task<MadeFrom?> ComposeAsync(ProductSnapshot product, GenerationOrder order, CancellationToken cancellationToken)
    {
        var wishes = Recipe.Of(order, [.. product.Images.Select(image => image.Id)]);
        // Another template would choose other pictures and words, which would be no change of the product.
        if (providers.CapabilitiesOf(order) is not { } capabilities || templates.All.All(known => known.Key != wishes.Template))
            return null;
        var brand = await brands.ForAsync(product.Ref.Shop, wishes, cancellationToken);
        try
        {
            var composition = composer.Compose(product, ComposeOptions.Of(wishes, order.Provider, order.Request.Model, capabilities, brand));
            return MadeFrom.Of(product, composition, brand);
        }
        catch (Exception e) when (e is ComposeException or TemplateException)
        {
            // The model no longer takes what it took then, or the template is broken; that is no change of the product.
            return null;
        }
    }

    /// <summary>A picture that the clip shows, is listed and can't be fetched just now has not left the listing; nor has one that may be behind another id.</summary>
    private static void DemandFetched(
        ListedProduct listed, VideoWishes wishes, List<UsedPicture> fetched, IReadOnlyList<string> away, MadeFrom? clip)
    {
        if (clip is null)
            return;
        var missing = ProductSnapshots.Wanted(listed, wishes).Select(wanted => wanted.Image.Id)
            .FirstOrDefault(id => clip.Pictures.Any(used => used.Id == id) && fetched.TrueForAll(known => known.Id != id));
        var all = listed.Images.Select(image => new UsedPicture(image.Id, "")).Concat(fetched).ToList();
        if (missing is null && away.Count > 0 && ChangeReasons.Removed(clip, all).Any())
            missing = away[0];
        if (missing is not null)
            throw Unreachable(listed, missing);
    }

    private static RefusedException Unreachable(ListedProduct listed, string missing) => new(RefusalKind.Unavailable, new Problem(
        "image_unreachable", "A picture that the video may show can't be fetched from the shop just now, so it can't be compared.",
        $"Image {missing} of {listed.Ref} was not fetched."));

    private static MadeFrom WithoutPictures(ListedProduct listed, GenerationOrder order, MadeFrom? clip) =>
        (clip ?? Nothing(order)) with { Version = listed.Version, Pictures = [] };

    /// <summary>Whether its pictures are there still can be told without the model.</summary>
    private static MadeFrom WithoutTheModel(ListedProduct listed, List<UsedPicture> fetched, GenerationOrder order, MadeFrom? clip) => (clip ?? Nothing(order)) with
    {
        Version = listed.Version,
        Pictures = clip is null ? [] : [.. clip.Pictures.Where(used => listed.Images.Any(image => image.Id == used.Id))
            .Select(used => fetched.Find(known => known.Id == used.Id) ?? used)],
    };

    private static MadeFrom Nothing(GenerationOrder order) => new() { Version = "", Pictures = [], Text = "", Template = order.Template, Brand = "" };
}

/// <param name="Sources">What would be made from what.</param>
/// <param name="Listed">All pictures that are listed now, with the hashes of those that were fetched.</param>
internal sealed record SourcesNow(MadeFrom Sources, IReadOnlyList<UsedPicture> Listed);
