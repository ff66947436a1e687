namespace ProductVideo.Providers.Kling;

/// <summary>An account at Kling. Bound from <c>ProductVideo:Kling</c>.</summary>
public sealed class KlingOptions
{
    public const string Section = "ProductVideo:Kling";

    /// <summary>An API key of the new generation, not a pair of access key and secret key. Secret.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>China's is <c>https://api-beijing.klingai.com</c>.</summary>
    /// <value>Outside China.</value>
    public Uri BaseAddress { get; set; } = new("https://api-singapore.klingai.com");

    /// <summary>
    /// Offers <see cref="KlingModels.GoodsStudio"/>, which makes a whole product clip from photographs and the listing's text. The vendor
    /// shows it on the Beijing host only.
    /// </summary>
    /// <value>false.</value>
    public bool GoodsStudio { get; set; }

    /// <summary>Models that may be chosen, the default first; empty for all that have a price.</summary>
    public IList<string> Models { get; } = [];

    /// <summary>What a second costs: model → resolution → amount in <see cref="Currency"/>. What has no price here is not offered.</summary>
    public IDictionary<string, Dictionary<string, decimal>> PricePerSecond { get; } = new Dictionary<string, Dictionary<string, decimal>>(StringComparer.Ordinal);

    /// <summary>Of <see cref="PricePerSecond"/>; ISO 4217.</summary>
    /// <value>USD.</value>
    public string Currency { get; set; } = "USD";

    /// <summary>The day from which <see cref="PricePerSecond"/> is known to be true. It is shown beside every price.</summary>
    public DateOnly? PriceDate { get; set; }
}
