using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.Runway;

/// <summary>The requests as Runway documents them.</summary>
internal sealed class RunwayRequests(RunwayOptions options)
{
    /// <summary>The version of the interface that everything here was read for; a request without any is refused.</summary>
    private const string Version = "2024-11-06";

    /// <summary>The paid one.</summary>
    /// <param name="request">What to make.</param>
    /// <param name="size">Of the clip and of its first frame.</param>
    /// <param name="picture">The first frame's address.</param>
    public HttpRequestMessage Submit(VideoRequest request, FrameSize size, string picture)
    {
        var body = new Order(
            request.Model, request.Prompt, picture, FormattableString.Invariant($"{size.Width}:{size.Height}"), (int)request.Seconds, request.Seed);
        var message = To(HttpMethod.Post, "/v1/image_to_video");
        message.Content = new ByteArrayContent(SnakeJson.Write(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return message;
    }

    public HttpRequestMessage Task(string id) => To(HttpMethod.Get, $"/v1/tasks/{Uri.EscapeDataString(id)}");

    /// <summary>Cancels what has not ended; of what has ended it would delete the record and the clip.</summary>
    public HttpRequestMessage Delete(string id) => To(HttpMethod.Delete, $"/v1/tasks/{Uri.EscapeDataString(id)}");

    public HttpRequestMessage Organization() => To(HttpMethod.Get, "/v1/organization");

    private HttpRequestMessage To(HttpMethod method, string path)
    {
        var message = new HttpRequestMessage(method, new Uri(options.BaseAddress.AbsoluteUri.TrimEnd('/') + path));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        message.Headers.Add("X-Runway-Version", Version);
        return message;
    }

    private sealed record Order(
        string Model, [property: JsonPropertyName("promptText")] string PromptText, [property: JsonPropertyName("promptImage")] string PromptImage,
        string Ratio, int Duration, int? Seed);
}
