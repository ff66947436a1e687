namespace ProductVideo.Providers.GeminiOmni;

/// <summary>A project at Google's Gemini API. Bound from <c>ProductVideo:GeminiOmni</c>.</summary>
public sealed class GeminiOmniOptions
{
    public const string Section = "ProductVideo:GeminiOmni";

    /// <summary>Of Google AI Studio, of a project with billing: there is no free allowance. Secret.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The key goes to this host and to no other, whatever an answer names.</summary>
    public Uri BaseAddress { get; set; } = new("https://generativelanguage.googleapis.com/v1");

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
