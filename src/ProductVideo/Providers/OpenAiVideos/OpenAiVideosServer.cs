namespace ProductVideo.Providers.OpenAiVideos;

/// <summary>A server that speaks <c>/v1/videos</c>. Bound from <c>ProductVideo:OpenAiVideos:Servers:NAME</c>; its provider key is NAME in lower case.</summary>
public sealed class OpenAiVideosServer
{
    /// <summary>Where it listens, with or without <c>/v1</c>, for example <c>http://gpu:8091</c>.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>Sent as a bearer token. Secret.</summary>
    /// <value>Empty: none is sent.</value>
    public string ApiKey { get; set; } = "";

    /// <summary>The name that merchants see.</summary>
    /// <value>The server's NAME.</value>
    public string? DisplayName { get; set; }

    /// <summary>Which software it is: <c>vllm-omni</c>, <c>sglang</c> or <c>generic</c>.</summary>
    /// <value><c>generic</c>: nothing is taken for granted beyond the shape.</value>
    public string Preset { get; set; } = OpenAiVideosPreset.Generic.Name;

    /// <summary>The models that it serves, the default first.</summary>
    public IList<OpenAiVideosModel> Models { get; } = [];

    /// <summary>What a second of clip costs; 0 where the GPU is your own. Must be set, for a price that nobody knows is not free.</summary>
    public decimal? PricePerSecond { get; set; }

    /// <summary>Of <see cref="PricePerSecond"/>.</summary>
    /// <value>USD.</value>
    public string Currency { get; set; } = "USD";

    /// <summary>The day since which <see cref="PricePerSecond"/> is known to be true.</summary>
    /// <value>null: every day.</value>
    public DateOnly? PriceDate { get; set; }

    /// <summary>
    /// More form fields for every model, by name; an empty one takes away a preset's. <c>{seconds}</c>, <c>{aspect}</c>, <c>{width}</c> and
    /// <c>{height}</c> are filled in.
    /// </summary>
    public IDictionary<string, string> Extra { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>A model of such a server.</summary>
public sealed class OpenAiVideosModel
{
    /// <summary>As sent, for example <c>Wan-AI/Wan2.2-I2V-A14B-Diffusers</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary>Whose sizes, lengths and fields it has: <c>wan2.2</c>, <c>wan2.2-5b</c> or <c>minimax-h3</c>.</summary>
    /// <value>null: told by the id; where that names none, <see cref="Sizes"/> and <see cref="Seconds"/> must be set.</value>
    public string? Family { get; set; }

    /// <summary>Sizes like <c>1280x720</c> by the resolution that merchants choose, which is all that is offered; the largest is the default.</summary>
    public IDictionary<string, List<string>> Sizes { get; } = new Dictionary<string, List<string>>(StringComparer.Ordinal);

    /// <summary>Lengths that it makes, in whole seconds.</summary>
    public IList<int> Seconds { get; } = [];

    /// <summary>Longest prompt in characters.</summary>
    public int? MaxPrompt { get; set; }

    /// <summary>As <see cref="OpenAiVideosServer.PricePerSecond"/>, where this model's differs.</summary>
    public decimal? PricePerSecond { get; set; }

    /// <summary>As <see cref="OpenAiVideosServer.Extra"/>, and above it.</summary>
    public IDictionary<string, string> Extra { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
