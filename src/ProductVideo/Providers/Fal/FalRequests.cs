using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.Fal;

/// <summary>The requests as fal documents its queue. Every one of them goes to the origin of the settings.</summary>
internal sealed class FalRequests(FalOptions options)
{
    private readonly string _base = options.BaseAddress.AbsoluteUri.TrimEnd('/');

    /// <summary>The paid one.</summary>
    /// <param name="model">Which model.</param>
    /// <param name="request">What to make.</param>
    /// <param name="picture">The first frame's address.</param>
    public HttpRequestMessage Submit(FalModel model, VideoRequest request, string picture)
    {
        var message = To(HttpMethod.Post, $"{_base}/{model.Id}");
        // Otherwise the queue runs what failed again by itself, up to ten times.
        message.Headers.Add("x-fal-no-retry", "1");
        message.Content = new ByteArrayContent(SnakeJson.Write(Input(model, request, picture))) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return message;
    }

    public HttpRequestMessage Status(FalHandle at, string id) => To(HttpMethod.Get, Trusted(at.StatusUrl) ?? Own(at, id, "/status"));

    public HttpRequestMessage Result(FalHandle at, string id) => To(HttpMethod.Get, Trusted(at.ResponseUrl) ?? Own(at, id, ""));

    public HttpRequestMessage Cancel(FalHandle at, string id) => To(HttpMethod.Put, Trusted(at.CancelUrl) ?? Own(at, id, "/cancel"));

    private static Dictionary<string, object> Input(FalModel model, VideoRequest request, string picture)
    {
        var (can, seconds) = (model.Capabilities, (int)request.Seconds);
        var input = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["prompt"] = request.Prompt,
            [model.PictureField] = picture,
            ["duration"] = model.SecondsAsText ? seconds.ToString(CultureInfo.InvariantCulture) : seconds,
        };
        if (can.Resolutions.Count > 0 && request.Resolution is { } resolution)
            input["resolution"] = resolution;
        if (can.Aspect.Ratios.Count > 0)
            input["aspect_ratio"] = request.Aspect;
        if (can.Prompt.TakesNegative && request.NegativePrompt is { Length: > 0 } negative)
            input["negative_prompt"] = negative;
        // On by default at most models.
        if (can.Audio is AudioSupport.Optional)
            input["generate_audio"] = request.Audio;
        if (can.TakesSeed && request.Seed is { } seed)
            input["seed"] = seed;
        foreach (var (name, value) in model.Extra)
            input[name] = JsonOf(value);
        return input;
    }

    private static object JsonOf(string value)
    {
        try
        {
            return JsonNode.Parse(value) ?? (object)value;
        }
        catch (JsonException)
        {
            return value;
        }
    }

    /// <summary>An address that an answer named, if the key may go there; null otherwise.</summary>
    private string? Trusted(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
        && Uri.Compare(address, options.BaseAddress, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0
            ? address.AbsoluteUri : null;

    /// <summary>As documented, and as fal's own client builds it.</summary>
    private string Own(FalHandle at, string id, string end) => $"{_base}/{at.App}/requests/{Uri.EscapeDataString(id)}{end}";

    private HttpRequestMessage To(HttpMethod method, string address)
    {
        var message = new HttpRequestMessage(method, new Uri(address));
        message.Headers.Authorization = new AuthenticationHeaderValue("Key", options.ApiKey);
        return message;
    }
}

/// <param name="App">Under which the request is asked about.</param>
/// <param name="StatusUrl">As the answer to the order named it; looked at again whenever it is used.</param>
/// <param name="ResponseUrl">As the answer named it.</param>
/// <param name="CancelUrl">As the answer named it.</param>
internal sealed record FalHandle(string App, string? StatusUrl = null, string? ResponseUrl = null, string? CancelUrl = null);
