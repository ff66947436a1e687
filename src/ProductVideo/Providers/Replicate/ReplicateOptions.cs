namespace ProductVideo.Providers.Replicate;

/// <summary>An account at Replicate. Bound from <c>ProductVideo:Replicate</c>.</summary>
public sealed class ReplicateOptions
{
    public const string Section = "ProductVideo:Replicate";

    /// <summary>An API token. Secret.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Up to and with <c>/v1</c>.</summary>
    public Uri BaseAddress { get; set; } = new("https://api.replicate.com/v1");

    /// <summary>The models that may be chosen, the default first. Each has inputs and prices of its own, which its page tells.</summary>
    public IList<ReplicateModelOptions> Models { get; } = [];

    /// <summary>Of all prices; ISO 4217.</summary>
    /// <value>USD.</value>
    public string Currency { get; set; } = "USD";

    /// <summary>The day from which the prices are known to be true. It is shown beside every price.</summary>
    public DateOnly? PriceDate { get; set; }
}

/// <summary>A model as its page at Replicate describes it.</summary>
public sealed class ReplicateModelOptions
{
    /// <summary><c>owner/name</c> of an official model, or <c>owner/name:version</c> of any other.</summary>
    public string Id { get; set; } = "";

    /// <summary>What a second costs by resolution; <c>any</c> for those without a price of their own.</summary>
    public IDictionary<string, decimal> PricePerSecond { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>Lengths that it makes, in whole seconds.</summary>
    public IList<int> Seconds { get; } = [];

    /// <summary>In the model's own words, best first; empty if it can't be asked for one.</summary>
    public IList<string> Resolutions { get; } = [];

    /// <summary>Ratios that it can be asked for beside a picture, for example <c>9:16</c>; empty if the clip follows its picture.</summary>
    public IList<string> Aspects { get; } = [];

    /// <summary>Longest prompt in characters.</summary>
    public int MaxPrompt { get; set; } = 2_000;

    /// <summary>What its inputs are called.</summary>
    public ReplicateInputs Inputs { get; set; } = new();

    /// <summary>More inputs by name. A value that is JSON is sent as that, for example <c>true</c> or <c>24</c>; any other as text.</summary>
    public IDictionary<string, string> Extra { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>Names of a model's inputs; an empty one is not sent.</summary>
public sealed class ReplicateInputs
{
    public string Prompt { get; set; } = "prompt";

    public string FirstFrame { get; set; } = "image";

    /// <value>Empty: it takes none.</value>
    public string LastFrame { get; set; } = "";

    /// <value>Empty: it takes none.</value>
    public string NegativePrompt { get; set; } = "";

    public string Seconds { get; set; } = "duration";

    public string Resolution { get; set; } = "resolution";

    public string Aspect { get; set; } = "aspect_ratio";

    public string Seed { get; set; } = "seed";

    /// <summary>A switch for sound.</summary>
    /// <value>Empty: it has none.</value>
    public string Audio { get; set; } = "";
}
