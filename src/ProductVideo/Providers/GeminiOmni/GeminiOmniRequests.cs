using System.Globalization;
using System.Net.Http.Headers;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.GeminiOmni;

/// <summary>The requests as the vendor's SDK sends them.</summary>
internal sealed class GeminiOmniRequests(GeminiOmniOptions options)
{
    private readonly string _base = options.BaseAddress.AbsoluteUri.TrimEnd('/');

    /// <summary>The paid one. The label is for people who look at the project; nothing there can be searched by it.</summary>
    /// <param name="request">What to make.</param>
    /// <param name="nonce">Of the intent: at most 63 small letters and digits, as a label must be.</param>
    /// <param name="pictures">Their bytes, in the prompt's order.</param>
    public HttpRequestMessage Submit(VideoRequest request, string nonce, IReadOnlyList<byte[]> pictures)
    {
        var text = new Part("text", Text: request.Prompt);
        var images = request.Images.Zip(pictures, (image, bytes) => new Part("image", Data: Convert.ToBase64String(bytes), MimeType: image.ContentType));
        var body = new Order(
            request.Model, Background: true, Store: true, [text, .. images],
            new Format("video", request.Aspect, string.Create(CultureInfo.InvariantCulture, $"{request.Seconds:0}s"), request.Resolution, "uri"),
            new Generation(new Video(TaskOf(request.Mode))), new Dictionary<string, string>(StringComparer.Ordinal) { ["productvideo"] = nonce });
        var message = To(HttpMethod.Post, _base + "/interactions");
        message.Content = new ByteArrayContent(SnakeJson.Write(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return message;
    }

    public HttpRequestMessage Task(string id) => To(HttpMethod.Get, $"{_base}/interactions/{Uri.EscapeDataString(id)}");

    public HttpRequestMessage Cancel(string id) => To(HttpMethod.Post, $"{_base}/interactions/{Uri.EscapeDataString(id)}/cancel");

    public HttpRequestMessage Models() => To(HttpMethod.Get, _base + "/models?pageSize=1");

    /// <summary>A file at the service's own host, which its key opens.</summary>
    public HttpRequestMessage File(Uri address) => To(HttpMethod.Get, address.AbsoluteUri);

    /// <summary>Whether the key may go there.</summary>
    public bool IsOurs(Uri address) => Uri.Compare(address, options.BaseAddress, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private HttpRequestMessage To(HttpMethod method, string address)
    {
        var message = new HttpRequestMessage(method, new Uri(address));
        message.Headers.Add("x-goog-api-key", options.ApiKey);
        return message;
    }

    private static string TaskOf(VideoModes mode) => mode switch
    {
        VideoModes.FirstFrame => "image_to_video",
        VideoModes.References => "reference_to_video",
        VideoModes.TextToVideo => "text_to_video",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, message: null),
    };

    private sealed record Order(
        string Model, bool Background, bool Store, IReadOnlyList<Part> Input, Format ResponseFormat, Generation GenerationConfig, IReadOnlyDictionary<string, string> Labels);

    private sealed record Part(string Type, string? Text = null, string? Data = null, string? MimeType = null);

    private sealed record Format(string Type, string AspectRatio, string Duration, string? Resolution, string Delivery);

    private sealed record Generation(Video VideoConfig);

    private sealed record Video(string Task);
}
