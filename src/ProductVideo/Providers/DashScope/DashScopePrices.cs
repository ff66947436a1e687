using ProductVideo.Spending;

namespace ProductVideo.Providers.DashScope;

/// <summary>
/// US dollars for a second of clip, Singapore, as resellers and price lists of 2026-10-02 give them; the vendor's own page was not read.
/// Only succeeded tasks are charged.
/// </summary>
internal static class DashScopePrices
{
    public static readonly DateOnly Date = new(2026, 10, 2);

    private static readonly (string Family, string Resolution, decimal Price)[] Known =
    [
        ("happyhorse-1.1", "480P", 0.07m), ("happyhorse-1.1", "720P", 0.14m), ("happyhorse-1.1", "1080P", 0.18m),
        ("happyhorse-1.0", "720P", 0.14m), ("happyhorse-1.0", "1080P", 0.24m),
        ("wan3.0-video", "480P", 0.05m), ("wan3.0-video", "720P", 0.10m), ("wan3.0-video", "1080P", 0.20m),
        ("wan3.0-video-prime", "480P", 0.068m), ("wan3.0-video-prime", "720P", 0.14m), ("wan3.0-video-prime", "1080P", 0.28m),
    ];

    /// <summary>
    /// Whether the built-in prices are those of this host. Every other region's are different; a host that is not Alibaba's, such as a proxy of
    /// one's own, is taken to stand before Singapore's.
    /// </summary>
    public static bool AreOf(Uri? address) =>
        address is not { IsAbsoluteUri: true }
        || !address.Host.EndsWith(".aliyuncs.com", StringComparison.OrdinalIgnoreCase)
        || address.Host.Equals("dashscope-intl.aliyuncs.com", StringComparison.OrdinalIgnoreCase)
        || address.Host.EndsWith(".ap-southeast-1.maas.aliyuncs.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>The built-in prices; the operator's stand above those of the same model and resolution.</summary>
    public static PriceTable Of(string provider, IEnumerable<DashScopeModel> models, DashScopeOptions options) => new(
        provider,
        [
            .. from model in models
               from price in Known
               where AreOf(options.BaseAddress) && price.Family == model.PriceFamily && !IsSet(options, model.Id, price.Resolution)
               select Row(Date, model.Id, price.Resolution, new Money(price.Price, "USD")),
            .. from model in options.PricePerSecond
               from price in model.Value
               select Row(options.PriceDate, model.Key, price.Key, new Money(price.Value, options.Currency)),
        ]);

    private static bool IsSet(DashScopeOptions options, string model, string resolution) =>
        options.PricePerSecond.TryGetValue(model, out var prices) && prices.ContainsKey(resolution);

    private static PriceRow Row(DateOnly from, string model, string resolution, Money price) =>
        new(from, model, resolution, PriceUnit.Second, price);
}
