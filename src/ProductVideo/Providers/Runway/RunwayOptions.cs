namespace ProductVideo.Providers.Runway;

/// <summary>An account at Runway's developer platform. Bound from <c>ProductVideo:Runway</c>.</summary>
public sealed class RunwayOptions
{
    public const string Section = "ProductVideo:Runway";

    /// <summary>Of the developer portal; begins with <c>key_</c>. Secret.</summary>
    public string ApiKey { get; set; } = "";

    /// <value>Runway's developer host; the one of its own app does not take these keys.</value>
    public Uri BaseAddress { get; set; } = new("https://api.dev.runwayml.com");

    /// <summary>Models that may be chosen, the default first; empty for all that the adapter knows.</summary>
    public IList<string> Models { get; } = [];

    /// <summary>What a second takes, where the built-in list is out of date: model → credits.</summary>
    public IDictionary<string, decimal> CreditsPerSecond { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>What a credit costs, in US dollars.</summary>
    /// <value>0.01, the list price.</value>
    public decimal CreditPrice { get; set; } = RunwayPrices.UsdPerCredit;

    /// <summary>The day from which <see cref="CreditsPerSecond"/> and <see cref="CreditPrice"/> are known to be true.</summary>
    public DateOnly PriceDate { get; set; } = RunwayPrices.Date;
}
