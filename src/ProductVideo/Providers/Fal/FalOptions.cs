namespace ProductVideo.Providers.Fal;

/// <summary>An account at fal, which serves models of many vendors. Bound from <c>ProductVideo:Fal</c>.</summary>
public sealed class FalOptions
{
    public const string Section = "ProductVideo:Fal";

    /// <summary>An API key of fal's dashboard, in one piece. Secret.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The queue. The key goes to this origin and to no other, whatever an answer names.</summary>
    public Uri BaseAddress { get; set; } = new("https://queue.fal.run");

    /// <summary>How pictures get there.</summary>
    /// <value>Within the request.</value>
    public FalPictures Pictures { get; set; } = FalPictures.DataUri;

    /// <summary>What may be chosen, the default first.</summary>
    public IList<FalModelOptions> Models { get; } = [];

    /// <summary>Of all prices here; ISO 4217.</summary>
    /// <value>USD.</value>
    public string Currency { get; set; } = "USD";

    /// <summary>The day from which the prices here are known to be true.</summary>
    /// <value>null: every day.</value>
    public DateOnly? PriceDate { get; set; }
}

public enum FalPictures
{
    /// <summary>Within the request: works for shops that nobody can reach from outside.</summary>
    DataUri,

    /// <summary>By an address of the blob store, where that gives any, as Azure does; otherwise within the request.</summary>
    Url,
}
