using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProductVideo.Api;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Webhooks.Outgoing;

/// <summary>What is sent: ids, the state and links. Small, and without prompts; whoever wants more asks the API.</summary>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Data">To what.</param>
internal sealed record EventBody(string Type, DateTimeOffset Timestamp, EventData Data)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static WebhookEventRow Of(string type, Generation generation, DateTimeOffset at) => Row(
        type, generation.Product.Shop, generation.Id, at, new EventData
        {
            Generation = generation.Id,
            Shop = generation.Product.Shop,
            Product = generation.Product.ProductId,
            State = generation.State.Name,
            Attempt = generation.Attempt,
            Problem = GenerationFacts.Problem(generation) is { } problem ? new EventProblem(problem.Code, problem.MerchantText) : null,
            Links = LinksOf(generation),
        });

    public static WebhookEventRow Test(string? shop, DateTimeOffset at) =>
        Row(EventTypes.Test, shop ?? "", generation: null, at, new EventData { Shop = shop });

    private static WebhookEventRow Row(string type, string shop, Guid? generation, DateTimeOffset at, EventData data) => new()
    {
        Id = "evt_" + Guid.CreateVersion7(at).ToString("n"),
        Type = type,
        Shop = shop,
        GenerationId = generation,
        OccurredAt = at,
        Body = JsonSerializer.Serialize(new EventBody(type, at, data), Options),
    };

    private static EventLinks LinksOf(Generation generation)
    {
        var hasClip = GenerationFacts.Clip(generation) is not null;
        return new EventLinks(
            string.Create(CultureInfo.InvariantCulture, $"{ApiPaths.Root}/generations/{generation.Id}"),
            hasClip ? ApiPaths.Video(generation.Id) : null, hasClip ? ApiPaths.Poster(generation.Id) : null,
            (generation.State as GenerationState.Published)?.ListingUrl);
    }
}

/// <summary>To what it happened; a test happened to nothing.</summary>
internal sealed record EventData
{
    public Guid? Generation { get; init; }
    public string? Shop { get; init; }
    public string? Product { get; init; }
    public string? State { get; init; }
    public int? Attempt { get; init; }
    public EventProblem? Problem { get; init; }
    public EventLinks? Links { get; init; }
}

/// <param name="Code">For programs.</param>
/// <param name="Text">For the merchant.</param>
internal sealed record EventProblem(string Code, string Text);

/// <summary>Addresses on this installation, and the listing's as the shop gave it.</summary>
internal sealed record EventLinks(string Generation, string? Video, string? Poster, string? Listing);
