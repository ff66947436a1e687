namespace ProductVideo.Providers.OpenRouter;

/// <summary>What a model's clips cost by its lines of prices. Where they leave it open, the dearer counts: a cap must hold whatever is charged.</summary>
internal sealed class OpenRouterPrices(IReadOnlyList<OpenRouterSku> lines)
{
    private const decimal FramesPerSecond = 24;
    private const decimal PixelsPerToken = 1_024;

    /// <summary>Of a clip that begins with one picture.</summary>
    /// <param name="seconds">Its length.</param>
    /// <param name="resolution">The model's own word; null where it has none.</param>
    /// <param name="size">Of its frames.</param>
    /// <param name="sound">Whether it has sound.</param>
    /// <returns>US dollars; null where no line tells.</returns>
    public decimal? Of(decimal seconds, string? resolution, FrameSize size, bool sound)
    {
        var fitting = Fitting(resolution, sound);
        // A model that knows but one price, for clips with sound, surely takes no more for one without.
        if (fitting.Count == 0 && !sound)
            fitting = Fitting(resolution, sound: true);
        if (fitting.Count == 0)
            return null;
        // With the frame that a clip begins with, as the vendor of these models counts.
        var tokens = (decimal)size.Width * size.Height * ((seconds * FramesPerSecond) + 1) / PixelsPerToken;
        var clip = fitting.Where(line => !fitting.Any(other => other.SaysMoreThan(line)))
            .Max(line => line.Amount * (line.Unit is SkuUnit.Token ? tokens : seconds));
        return Math.Max(clip + Sum(SkuUnit.Picture), Sum(SkuUnit.Least));
    }

    private List<OpenRouterSku> Fitting(string? resolution, bool sound) =>
    [
        .. lines.Where(line => line.Unit is SkuUnit.Second or SkuUnit.Token && (line.WithSound ?? sound) == sound
            && (line.Resolution is null || string.Equals(line.Resolution, resolution, StringComparison.OrdinalIgnoreCase))),
    ];

    private decimal Sum(SkuUnit unit) => lines.Where(line => line.Unit == unit).Sum(line => line.Amount);
}
