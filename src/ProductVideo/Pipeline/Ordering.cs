using ProductVideo.Accounts;
using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Clips;
using ProductVideo.Generations;
using ProductVideo.Imaging;
using ProductVideo.Planning;
using ProductVideo.Prompts;
using ProductVideo.Providers;
using ProductVideo.Rendering;
using ProductVideo.Spending;

namespace ProductVideo.Pipeline;

/// <summary>Makes an order of a product and a merchant's wishes: snapshot, template, prompt, shot plan, prepared pictures, price, fingerprint. Spends nothing.</summary>
internal sealed class Ordering(
    ProductSnapshots snapshots, VideoProviders providers, Retirements retirements, Composer composer, BrandKits brands, ImageFitter fitter, ClipsToChange clips,
    IBlobStore blobs)
{
    /// <exception cref="RefusedException">The listing can't be read, or makes a video impossible.</exception>
    public Task<TakenSnapshot> TakeAsync(ProductRef product, VideoWishes wishes, CancellationToken cancellationToken) =>
        snapshots.TakeAsync(product, wishes, cancellationToken);

    /// <summary>Of the provider that the wishes name, or the host's first.</summary>
    /// <exception cref="RefusedException">Something in the listing or the wishes makes a video impossible, or it costs more than was agreed to.</exception>
    public async Task<PreparedOrder> PrepareAsync(TakenSnapshot taken, VideoWishes wishes, Requester requester, CancellationToken cancellationToken) =>
        (await PrepareAsync(taken, wishes, requester, _ => true, cancellationToken))!;

    /// <param name="taken">The product.</param>
    /// <param name="wishes">What is wanted.</param>
    /// <param name="requester">Who asks.</param>
    /// <param name="isWanted">Looks at the plan before any picture is prepared for it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>null if the plan is not wanted.</returns>
    /// <exception cref="RefusedException">Something in the listing or the wishes makes a video impossible, or it costs more than was agreed to.</exception>
    internal async Task<PreparedOrder?> PrepareAsync(
        TakenSnapshot taken, VideoWishes wishes, Requester requester, Func<Composition, bool> isWanted, CancellationToken cancellationToken)
    {
        var product = taken.Product.Ref;
        var source = await clips.FindAsync(product, wishes.ChangeOf, cancellationToken);
        var provider = source is not null && wishes.Provider is null ? providers.Editor : providers.Get(wishes.Provider);
        var model = ModelOf(provider, wishes);
        retirements.Demand(provider, model);
        var capabilities = provider.Capabilities(model);
        var (brand, lacking) = await brands.FindAsync(product.Shop, wishes, cancellationToken);
        var composition = Compose(taken.Product, wishes, provider, model, capabilities, brand, source);
        if (!isWanted(composition))
            return null;
        var request = new VideoRequest
        {
            Model = model,
            Mode = composition.Mode,
            Prompt = composition.Prompt,
            NegativePrompt = composition.NegativePrompt,
            Product = composition.Product,
            Images = await PrepareImagesAsync(taken.Product, composition, capabilities, brand, cancellationToken),
            SourceClip = composition.SourceClip,
            Seconds = composition.Seconds,
            Aspect = composition.Aspect,
            Resolution = composition.Resolution,
            Seed = wishes.Seed,
            Audio = wishes.Audio,
            Plan = composition.Plan,
            InBackground = requester.Origin is GenerationOrigin.Backfill,
        };
        var price = provider.EstimatePrice(request);
        if (!Agreed.Covers(requester.Agreed, price.Amount))
            throw NotAgreed(provider, price.Amount, requester.Agreed!);
        var order = new GenerationOrder
        {
            ProductTitle = taken.Product.Title,
            Locale = taken.Product.Locale,
            Provider = provider.Key,
            Request = request,
            Template = composition.Template,
            Fingerprint = Fingerprint.Of(taken.Product, composition, provider.Key, model, wishes.Seed, wishes.Audio, brand, capabilities.Revision),
            MadeFrom = MadeFrom.Of(taken.Product, composition, brand),
            Price = price,
            Billing = capabilities.Billing,
            MadeWithAi = !capabilities.KeepsPixels,
            ApiKey = requester.ApiKey,
            Backfill = requester.Backfill,
            RequestedBy = requester.Name,
            Origin = requester.Origin,
            AutoApprove = wishes.AutoApprove,
            Wishes = wishes,
            Notes = NotesOn(
                taken, composition, composition.Mode is VideoModes.Slideshow ? lacking : null, retirements.NoticeOf(provider, model),
                await BareNoteAsync(request, capabilities, brand, cancellationToken)),
        };
        return new PreparedOrder(taken.Product, order, composition);
    }

    private static RefusedException NotAgreed(IVideoProvider provider, Money price, IReadOnlyList<Money> agreed) => new(
        RefusalKind.Conflict,
        new Problem(
            Agreed.NotAgreed, $"{provider.DisplayName} makes this video for {price} now, and {Agreed.Words(agreed)} was agreed to. Look at the price, and agree to it.",
            $"Provider {provider.Key} estimates {price}; agreed to: {Agreed.Words(agreed)}."),
        "agreed")
    {
        Prices = [price],
    };

    private static IReadOnlyList<string> NotesOn(TakenSnapshot taken, Composition composition, params IEnumerable<string?> others)
    {
        try
        {
            return [.. taken.Notes, .. composition.Notes, .. CardText.NotesOn(composition.Plan), .. others.OfType<string>()];
        }
        catch (FontMissingException e)
        {
            throw Refusals.From(e);
        }
    }

    /// <summary>
    /// A cut-out white product on white is all but gone once it is laid on the background: what a model makes of nothing is paid for, and a film of it
    /// begins with nothing.
    /// </summary>
    private async Task<string?> BareNoteAsync(VideoRequest request, ProviderCapabilities capabilities, BrandKit brand, CancellationToken cancellationToken)
    {
        if (request.Images is not [var first, ..])
            return null;
        try
        {
            if (await blobs.ReadAsync(first.BlobKey, cancellationToken) is not { } bytes || !Likeness.ShowsLittle(await SampleAsync(bytes, capabilities, brand, cancellationToken)))
                return null;
            return capabilities.KeepsPixels
                ? "Its first picture hardly shows the product, and the video begins with it. Choose one that shows more, for example one with a background of its own."
                : "Its picture shows next to nothing before its background, so a model may draw another product, and the video will wait for your look. Choose a picture that shows more, for example one with a background of its own.";
        }
        catch (BlobStoreException e)
        {
            throw Refusals.From(e);
        }
        catch (ImageRefusedException e)
        {
            throw Refusals.Invalid("image_unreadable", e.MerchantText, e.Message, "images", e);
        }
    }

    /// <summary>What was not prepared is laid on the background first, as it is filmed.</summary>
    private static Task<SmallPicture> SampleAsync(byte[] picture, ProviderCapabilities capabilities, BrandKit brand, CancellationToken cancellationToken) =>
        capabilities.Images.ReadsBlobs ? PictureSample.OfAsync(picture, new FitOptions(Aspect: null, capabilities.Images, brand.Background, LongSide: capabilities.Images.MinSide), cancellationToken)
        : PictureSample.OfAsync(picture, cancellationToken);

    private string ModelOf(IVideoProvider provider, VideoWishes wishes) =>
        wishes.Model is not { } model ? retirements.FirstOf(provider, toEdit: wishes.ChangeOf is not null)
        : provider.Models.Contains(model, StringComparer.Ordinal) ? model
        : throw Refusals.Invalid(
            "unknown_model", $"{provider.DisplayName} has no model '{model}'. Choose one of: {string.Join(", ", provider.Models)}.",
            $"Provider {provider.Key} has no model '{model}'.", "model");

    private Composition Compose(
        ProductSnapshot product, VideoWishes wishes, IVideoProvider provider, string model, ProviderCapabilities capabilities, BrandKit brand,
        RequestClip? source)
    {
        try
        {
            return composer.Compose(product, ComposeOptions.Of(wishes, provider.Key, model, capabilities, brand) with { SourceClip = source });
        }
        catch (ComposeException e)
        {
            throw Refusals.Invalid("invalid_" + e.Field, e.MerchantText, e.Message, e.Field, e);
        }
        catch (TemplateException e)
        {
            throw Refusals.Invalid("invalid_template", $"{e.Message} Mend the template or choose another.", e.Message, "template", e);
        }
    }

    private async Task<IReadOnlyList<RequestImage>> PrepareImagesAsync(
        ProductSnapshot product, Composition composition, ProviderCapabilities capabilities, BrandKit brand, CancellationToken cancellationToken)
    {
        var prepared = new List<RequestImage>();
        foreach (var index in composition.ImageIndexes)
        {
            var image = product.Images[index];
            var role = composition.Mode switch
            {
                VideoModes.FirstFrame or VideoModes.FirstLastFrame when prepared.Count == 0 => ImageRole.FirstFrame,
                VideoModes.FirstLastFrame => ImageRole.LastFrame,
                _ => ImageRole.Reference,
            };
            // Whoever films the photographs themselves gets them untouched: nothing may be lost before the camera moves.
            prepared.Add(capabilities.Images.ReadsBlobs
                ? new RequestImage(role, image.BlobKey, "image/" + image.Format, image.Width, image.Height)
                : await FitAsync(image, composition, capabilities, brand, role, cancellationToken));
        }

        return prepared;
    }

    private async Task<RequestImage> FitAsync(
        ProductImage image, Composition composition, ProviderCapabilities capabilities, BrandKit brand, ImageRole role, CancellationToken cancellationToken)
    {
        // A frame of another ratio than the clip's would be cropped, or would give the clip its own: it is padded to the ratio ordered, and the one it ends on to the same.
        var isFrame = role is ImageRole.FirstFrame or ImageRole.LastFrame;
        var aspect = isFrame && IsOrdered(composition.Aspect, capabilities) ? composition.Aspect : null;
        var exact = isFrame ? capabilities.Images.FrameSizeOf(composition.Resolution, composition.Aspect) : null;
        try
        {
            return await fitter.FitAsync(image, new FitOptions(aspect, capabilities.Images, brand.Background, Exact: exact), role, cancellationToken);
        }
        catch (ImageRefusedException e)
        {
            throw Refusals.Invalid("image_unreadable", e.MerchantText, e.Message, "images", e);
        }
        catch (BlobStoreException e)
        {
            throw Refusals.From(e);
        }
    }

    /// <summary>Whether the model makes that ratio, and takes a picture of it.</summary>
    private static bool IsOrdered(string aspect, ProviderCapabilities capabilities) =>
        (capabilities.Aspect.FollowsImage || capabilities.Aspect.Ratios.Contains(aspect, StringComparer.Ordinal))
        && AspectRatio.Parse(aspect) is { } ratio && Math.Max(ratio.Value, 1 / ratio.Value) <= (double)capabilities.Images.MaxRatio;
}

/// <param name="Name">A person, an API key or a schedule.</param>
/// <param name="Origin">By which way in.</param>
/// <param name="ApiKey">The start of the API key, where one asks.</param>
/// <param name="Backfill">The backfill run, where one asks.</param>
/// <param name="Agreed">What they agreed to pay at most, see <see cref="Spending.Agreed"/>; null where no price was asked about.</param>
public sealed record Requester(string Name, GenerationOrigin Origin, string? ApiKey = null, string? Backfill = null, IReadOnlyList<Money>? Agreed = null);

/// <param name="Product">As it was read.</param>
/// <param name="Order">Ready to be created.</param>
/// <param name="Composition">How prompt and plan came about, for the preview.</param>
public sealed record PreparedOrder(ProductSnapshot Product, GenerationOrder Order, Composition Composition);
