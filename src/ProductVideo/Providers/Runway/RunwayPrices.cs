using ProductVideo.Spending;

namespace ProductVideo.Providers.Runway;

/// <summary>Runway's list prices: credits for a second of clip, and US dollars for a credit. Moderated tasks cost as much as good ones.</summary>
internal static class RunwayPrices
{
    public const decimal UsdPerCredit = 0.01m;

    public static readonly DateOnly Date = new(2026, 10, 1);

    /// <summary>The built-in prices; where the operator changed one, the operator's.</summary>
    public static PriceTable Of(IEnumerable<RunwayModel> models, RunwayOptions options) => new(
        RunwayVideoProvider.ProviderKey,
        [
            .. models.Select(model => new PriceRow(
                options.CreditPrice != UsdPerCredit || options.CreditsPerSecond.ContainsKey(model.Id) ? options.PriceDate : Date,
                model.Id, Resolution: null, PriceUnit.Second, Money(model.Credits(options, seconds: 1), options))),
        ]);

    public static Money Money(decimal credits, RunwayOptions options) => new(credits * options.CreditPrice, "USD");
}
