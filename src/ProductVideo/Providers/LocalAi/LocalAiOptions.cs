namespace ProductVideo.Providers.LocalAi;

/// <summary>A LocalAI server. Bound from <c>ProductVideo:LocalAi</c>.</summary>
public sealed class LocalAiOptions
{
    public const string Section = "ProductVideo:LocalAi";

    /// <summary>Where it listens, for example <c>http://gpu:8080</c>.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>Sent as a bearer token. Secret.</summary>
    /// <value>Empty: none is sent.</value>
    public string ApiKey { get; set; } = "";

    /// <summary>The models that it serves, the default first.</summary>
    public IList<LocalAiModel> Models { get; } = [];

    /// <summary>What a second of clip costs; 0 where the machine is your own. Must be set, for a price that nobody knows is not free.</summary>
    public decimal? PricePerSecond { get; set; }

    /// <summary>Of <see cref="PricePerSecond"/>.</summary>
    /// <value>USD.</value>
    public string Currency { get; set; } = "USD";

    /// <summary>How long a clip may take; after that the call is given up, whatever the server goes on to do.</summary>
    /// <value>60.</value>
    public int LongestMinutes { get; set; } = 60;
}

/// <summary>A model of the server, as its own configuration there names it.</summary>
public sealed class LocalAiModel
{
    /// <summary>As sent.</summary>
    public string Id { get; set; } = "";

    /// <summary>Sizes like <c>832x480</c>, the default first; one for each ratio.</summary>
    public IList<string> Sizes { get; } = [];

    /// <summary>Lengths that it makes, in whole seconds.</summary>
    public IList<int> Seconds { get; } = [];

    /// <summary>Frames a second; with the length it gives the number of frames that is asked for.</summary>
    /// <value>16, as Wan 2.2 makes them.</value>
    public int FramesPerSecond { get; set; } = 16;

    /// <summary>Longest prompt in characters.</summary>
    /// <value>2,000.</value>
    public int MaxPrompt { get; set; } = 2_000;
}
