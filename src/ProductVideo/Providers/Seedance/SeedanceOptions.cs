namespace ProductVideo.Providers.Seedance;

/// <summary>An account at BytePlus ModelArk or Volcengine Ark. Bound from <c>ProductVideo:Seedance</c>.</summary>
public sealed class SeedanceOptions
{
    public const string Section = "ProductVideo:Seedance";

    /// <summary>An Ark API key. Secret.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Up to and with <c>/api/v3</c>; Volcengine's is <c>https://ark.cn-beijing.volces.com/api/v3</c>.</summary>
    /// <value>BytePlus, Asia Pacific.</value>
    public Uri BaseAddress { get; set; } = new("https://ark.ap-southeast.bytepluses.com/api/v3");

    /// <summary>Models that may be chosen, the default first, in the words of <see cref="SeedanceModels"/>; empty for all.</summary>
    public IList<string> Models { get; } = [];

    /// <summary>
    /// The list tells the <c>safety_identifier</c> that was sent with an order. Not documented: switch it on once it was seen. Until then a lost
    /// order is looked for by elimination, one unproven order at a time.
    /// </summary>
    /// <value>false.</value>
    public bool EchoesIdentifier { get; set; }

    /// <summary>
    /// The https address of this server as Ark can reach it, for example <c>https://videos.example.com</c>. Then Ark tells when a task has
    /// changed, and its clip is fetched at once; without it the task is asked about every ten seconds, and nothing else differs.
    /// </summary>
    public Uri? CallbackAddress { get; set; }

    /// <summary>What a million tokens cost, for all the models chosen; null for BytePlus' list prices. Needed for Volcengine, whose are not known here.</summary>
    public decimal? PricePerMillionTokens { get; set; }

    /// <summary>Of <see cref="PricePerMillionTokens"/>; ISO 4217.</summary>
    /// <value>USD.</value>
    public string Currency { get; set; } = "USD";

    /// <summary>The day from which <see cref="PricePerMillionTokens"/> is known to be true.</summary>
    public DateOnly PriceDate { get; set; } = SeedanceModels.PriceDate;
}
