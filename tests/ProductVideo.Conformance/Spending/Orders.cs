using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Planning;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Conformance.Spending;

/// <summary>Paid orders, complete enough to be written.</summary>
internal static class Orders
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A new generation of <paramref name="shop"/> that is to cost <paramref name="price"/>.</summary>
    public static Generation Of(
        decimal price, string shop = "sample", string currency = "USD", DateTimeOffset? at = null, string? apiKey = null, string? backfill = null,
        BillingRule billing = BillingRule.OnSuccess) => new()
    {
        Id = Guid.CreateVersion7(),
        Product = new ProductRef(shop, "mug"),
        Order = new GenerationOrder
        {
            ProductTitle = "A mug",
            Provider = "paid",
            ApiKey = apiKey,
            Backfill = backfill,
            Billing = billing,
            Request = new VideoRequest
            {
                Model = "model-1",
                Mode = VideoModes.FirstFrame,
                Prompt = "A mug",
                Images = [],
                Seconds = 5,
                Aspect = "1:1",
                Plan = new ShotPlan { Aspect = "1:1", Shots = [], Seconds = 5 },
            },
            Template = "turntable@1",
            Fingerprint = Guid.NewGuid().ToString("n"),
            Price = new PriceEstimate(new Money(price, currency), new DateOnly(2026, 10, 2)),
            RequestedBy = "tester",
            Origin = GenerationOrigin.Api,
        },
        State = new GenerationState.Planned(),
        CreatedAt = at ?? Noon,
        UpdatedAt = at ?? Noon,
        DueAt = at ?? Noon,
    };
}
