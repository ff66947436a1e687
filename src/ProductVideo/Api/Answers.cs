using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Planning;
using ProductVideo.Spending;

namespace ProductVideo.Api;

/// <summary>A product as the API tells it.</summary>
internal sealed record ProductAnswer(
    string Shop, string Id, string Title, string? Vendor, string? ProductType, string? Locale, Money? Price, int Images, bool Published,
    string? ListingUrl, GenerationAnswer? LatestVideo, ProductChangeAnswer? Change)
{
    internal static ProductAnswer Of(ListedProduct product, Generation? latest, WatchedProduct? watched) => new(
        product.Ref.Shop, product.Ref.ProductId, product.Title, product.Vendor, product.ProductType, product.Locale, product.Price,
        product.Images.Count, product.IsPublished, product.ListingUrl, latest is null ? null : GenerationAnswer.Of(latest),
        ProductChangeAnswer.Of(watched));
}

/// <summary>A page of something.</summary>
/// <param name="Items">The page.</param>
/// <param name="Next">Continues the list as <c>cursor</c>; null at its end.</param>
internal sealed record PageAnswer<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A generation as the API tells it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Shop">Shop key.</param>
/// <param name="Product">Product id.</param>
/// <param name="Title">The product's title when it was ordered.</param>
/// <param name="State">One of the states of the API's description.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Progress">0 to 1 while rendering, where known.</param>
/// <param name="Provider">Provider key.</param>
/// <param name="Model">Model.</param>
/// <param name="Template">Key and version.</param>
/// <param name="Price">As estimated when it was ordered.</param>
/// <param name="Cost">What it cost, once that is known.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="Problem">Why it waits, failed or is in doubt.</param>
/// <param name="Notes">What the merchant should know of the order.</param>
/// <param name="Clip">The clip, once there is one.</param>
/// <param name="ListingUrl">Where shoppers see it, once published.</param>
/// <param name="InsteadOf">The video in whose place it is made; null if in none's.</param>
/// <param name="FollowedBy">The video that another provider makes in its place; null if none does.</param>
/// <param name="CreatedAt">When ordered.</param>
/// <param name="UpdatedAt">When last changed.</param>
internal sealed record GenerationAnswer(
    Guid Id, string Shop, string Product, string Title, string State, int Attempt, double? Progress, string Provider, string Model,
    string Template, Money Price, Money? Cost, string RequestedBy, Problem? Problem, IReadOnlyList<string> Notes, ClipAnswer? Clip, string? ListingUrl,
    Guid? InsteadOf, Guid? FollowedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static GenerationAnswer Of(Generation g) => new(
        g.Id, g.Product.Shop, g.Product.ProductId, g.Order.ProductTitle, g.State.Name, g.Attempt, GenerationFacts.Progress(g), g.Order.Provider,
        g.Order.Request.Model, g.Order.Template, g.Order.Price.Amount, g.Cost, g.Order.RequestedBy, GenerationFacts.Problem(g), g.Order.Notes,
        GenerationFacts.Clip(g) is { } clip ? ClipAnswer.Of(g.Id, clip) : null, (g.State as GenerationState.Published)?.ListingUrl,
        g.Order.InsteadOf, GenerationFacts.FollowedBy(g), g.CreatedAt, g.UpdatedAt);
}

/// <summary>A finished clip as the API tells it.</summary>
internal sealed record ClipAnswer(
    string VideoUrl, string PosterUrl, long Length, string Sha256, decimal Seconds, int Width, int Height, string AltText,
    IReadOnlyList<Clips.ClipCheck> Checks)
{
    internal static ClipAnswer Of(Guid generation, Clips.Clip clip) => new(
        ApiPaths.Video(generation), ApiPaths.Poster(generation), clip.Length, clip.Sha256, clip.Seconds, clip.Width, clip.Height, clip.AltText,
        clip.Checks);
}

/// <summary>What a provider's records show of a video in doubt.</summary>
/// <param name="Certain">Whether the only task surely is this video's.</param>
/// <param name="Text">What was seen and what it means.</param>
/// <param name="Tasks">Those that are, or may be, this video's.</param>
internal sealed record SightingAnswer(bool Certain, string Text, IReadOnlyList<SeenTask> Tasks)
{
    internal static SightingAnswer Of(Sighting sighting) => new(
        sighting.Certain, sighting.Text, [.. sighting.Tasks.Select(task => new SeenTask(task.RemoteId, task.CreatedAt))]);
}

/// <summary>A task at a provider.</summary>
internal sealed record SeenTask(string Task, DateTimeOffset CreatedAt);

/// <summary>
/// Exactly what would be sent, before anything is spent. 'upTo' is the most that a provider costs who would take over, one amount for each
/// currency; in the currency of 'price' only what is more than that, and empty where none costs more.
/// </summary>
internal sealed record PreviewAnswer(
    string Provider, string Model, string Template, string Mode, string Prompt, string? NegativePrompt, int PromptUnits, decimal Seconds,
    string Aspect, string? Resolution, Money Price, IReadOnlyList<Money> UpTo, DateOnly PriceDate, IReadOnlyList<string> Notes, ShotPlan Plan)
{
    internal static PreviewAnswer Of(VideoPreview preview) => new(
        preview.Order.Provider, preview.Order.Request.Model, preview.Order.Template, preview.Composition.Mode.ToString(),
        preview.Composition.Prompt, preview.Composition.NegativePrompt, preview.Composition.PromptUnits, preview.Composition.Seconds,
        preview.Composition.Aspect, preview.Composition.Resolution, preview.Price, preview.UpTo, preview.Order.Price.PriceDate,
        preview.Order.Notes, preview.Composition.Plan);
}
