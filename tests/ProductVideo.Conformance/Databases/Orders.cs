using ProductVideo.Catalog;
using ProductVideo.Clips;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Planning;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Conformance.Databases;

/// <summary>Generations to store.</summary>
public static class Orders
{
    public static readonly Clip Clip = new()
    {
        BlobKey = "sample/clips/a.mp4",
        PosterKey = "sample/clips/a.jpg",
        Length = 1000,
        Sha256 = new string('a', 64),
        Seconds = 5,
        Width = 1080,
        Height = 1080,
        AltText = "A mug",
        MadeAt = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero),
        Checks = [],
    };

    /// <summary>One that is due.</summary>
    public static Generation New(
        DateTimeOffset now, GenerationState? state = null, string product = "mug", string? fingerprint = null, string provider = "local", string title = "A mug") => new()
    {
        Id = Guid.NewGuid(),
        Product = new ProductRef("sample", product),
        Order = new GenerationOrder
        {
            ProductTitle = title,
            Provider = provider,
            Request = new VideoRequest
            {
                Model = "slideshow-1",
                Mode = VideoModes.Slideshow,
                Prompt = "",
                Images = [new RequestImage(ImageRole.Reference, "sample/images/a.jpeg", "image/jpeg", 1200, 1200)],
                Seconds = 5,
                Aspect = "1:1",
                Plan = new ShotPlan { Aspect = "1:1", Shots = [new Shot(0, new CameraMove(CameraWindow.Whole, new CameraWindow(1.1)), 5)], Seconds = 5 },
            },
            Template = "turntable@1",
            Fingerprint = fingerprint ?? Guid.NewGuid().ToString("n"),
            Price = new PriceEstimate(Money.Zero("EUR"), new DateOnly(2026, 11, 1)),
            RequestedBy = "tester",
            Origin = GenerationOrigin.Api,
        },
        State = state ?? new GenerationState.Planned(),
        CreatedAt = now,
        UpdatedAt = now,
        DueAt = now,
    };

    /// <summary>A caller's key that made it.</summary>
    internal static IdempotencyRow Key(string key, Generation generation) => new()
    {
        Caller = "caller",
        Key = key,
        RequestHash = new string('0', 64),
        GenerationId = generation.Id,
        CreatedAt = generation.CreatedAt,
    };
}
