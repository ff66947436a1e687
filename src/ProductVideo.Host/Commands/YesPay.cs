using System.CommandLine;
using ProductVideo.Host.Commands.Backfills;
using ProductVideo.Pipeline;
using ProductVideo.Spending;

namespace ProductVideo.Host.Commands;

/// <summary>Nothing paid is ordered from a terminal before its price was said there and agreed to.</summary>
internal static class YesPay
{
    public static readonly Option<string[]> Option = new("--yes-pay")
    {
        Description = "The price that you agree to, for example \"107.00 USD\"; once for each currency. Not needed for what costs nothing.",
    };

    /// <summary>What was agreed to; nothing paid where the option was left out.</summary>
    /// <exception cref="Generations.RefusedException">One of them is no amount.</exception>
    public static IReadOnlyList<Money> Of(ParseResult parsed) => [.. (parsed.GetValue(Option) ?? []).Select(text => PlanOptions.MoneyOf(text, "--yes-pay"))];

    /// <summary>What to say in the place of an order; null where it may be made.</summary>
    public static string? Unagreed(VideoPreview preview, IReadOnlyList<Money> agreed) =>
        preview.NoRoom is { } full ? full.MerchantText
        : Agreed.Covers(agreed, preview.Price) ? null
        : $"This video costs {preview.Price} at {preview.Order.Provider}, so nothing was ordered. Say the same again with {Options([preview.Price])} to agree to that"
            + (preview.UpTo.Count == 0 ? "." : $", or with {Options(preview.Agreed)} to agree also to what another provider costs that has to take over.");

    /// <summary>What to say beside an order whose stand-ins cost more than was agreed to; null where none does.</summary>
    public static string? LeftOut(VideoPreview preview, IReadOnlyList<Money> agreed) =>
        preview.UpTo.All(most => Agreed.Covers(agreed, most)) ? null
        : $"Where it can't be made so, no provider that costs more takes over: {Options(preview.Agreed)} would agree to that.";

    private static string Options(IReadOnlyList<Money> prices) => string.Join(' ', prices.Select(price => $"--yes-pay \"{price}\""));
}
