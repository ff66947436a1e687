using System.Net.Http.Headers;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.OpenRouter;

/// <summary>The requests, as OpenRouter's own SDK sends them. All go to the address of the settings, whatever an answer names.</summary>
internal sealed class OpenRouterRequests(OpenRouterOptions options)
{
    private readonly string _base = options.BaseAddress.AbsoluteUri.TrimEnd('/');

    /// <summary>The paid one.</summary>
    /// <param name="model">Which model.</param>
    /// <param name="request">What to make.</param>
    /// <param name="picture">The first frame as a data URI.</param>
    public HttpRequestMessage Submit(OpenRouterModel model, VideoRequest request, string picture)
    {
        var can = model.Capabilities;
        var body = new Order(
            request.Model, request.Prompt, (int)request.Seconds, can.Resolutions.Count > 0 ? request.Resolution : null,
            can.Aspect.Ratios.Count > 0 ? request.Aspect : null, [new FrameImage("image_url", new ImageUrl(picture), "first_frame")],
            // Models that can make sound do so unless told otherwise; of those that can't, it is no field.
            model.HasNoSound ? null : request.Audio, can.TakesSeed ? request.Seed : null);
        var message = To(HttpMethod.Post, "/videos");
        message.Content = new ByteArrayContent(SnakeJson.Write(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return message;
    }

    public HttpRequestMessage Task(string id) => To(HttpMethod.Get, $"/videos/{Uri.EscapeDataString(id)}");

    public HttpRequestMessage Content(string id) => To(HttpMethod.Get, $"/videos/{Uri.EscapeDataString(id)}/content?index=0");

    public HttpRequestMessage Models() => To(HttpMethod.Get, "/videos/models");

    /// <summary>What the key may do; free.</summary>
    public HttpRequestMessage Key() => To(HttpMethod.Get, "/key");

    private HttpRequestMessage To(HttpMethod method, string path)
    {
        var message = new HttpRequestMessage(method, new Uri(_base + path));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        return message;
    }

    private sealed record Order(
        string Model, string Prompt, int Duration, string? Resolution, string? AspectRatio, IReadOnlyList<FrameImage> FrameImages, bool? GenerateAudio, int? Seed);

    private sealed record FrameImage(string Type, ImageUrl ImageUrl, string FrameType);

    private sealed record ImageUrl(string Url);
}
