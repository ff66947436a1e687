using System.Globalization;
using System.Net.Http.Headers;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.DashScope;

/// <summary>The requests as Model Studio documents them.</summary>
internal sealed class DashScopeRequests(DashScopeOptions options)
{
    /// <summary>As documented; a larger one is not said to be allowed.</summary>
    public const int PageSize = 10;

    /// <summary>The paid one.</summary>
    /// <param name="model">A model of this endpoint.</param>
    /// <param name="request">What to make.</param>
    /// <param name="media">Where its clip and pictures can be read.</param>
    public HttpRequestMessage Submit(DashScopeModel model, VideoRequest request, DashScopeMedia media)
    {
        (string Type, string Url)[] all =
        [
            .. media.Clip is { } clip ? [("video", clip)] : ((string, string)[])[],
            .. media.Pictures.Select((url, i) => (TypeOf(request.Images[i].Role), url)),
        ];
        var body = new
        {
            Model = model.Id,
            Input = new
            {
                request.Prompt,
                NegativePrompt = model.Capabilities.Prompt.TakesNegative ? request.NegativePrompt : null,
                Media = all.Length == 0 ? null : all.Select(medium => new { medium.Type, medium.Url }).ToArray(),
            },
            Parameters = new
            {
                request.Resolution,
                Ratio = model.TakesRatio ? request.Aspect : null,
                // A clip that is changed keeps its own.
                Duration = request.SourceClip is null ? (int)request.Seconds : (int?)null,
                // On by default at HappyHorse. Shoppers are told of AI by our own disclosure on the listing.
                Watermark = false,
                request.Seed,
                // A prompt that somebody rewrites no longer says what was checked against the listing.
                PromptExtend = model.ExtendsPrompt ? false : (bool?)null,
                Audio = model.AudioSwitch ? request.Audio : (bool?)null,
                AudioSetting = !model.KeepsSound ? null : request.Audio ? "auto" : "origin",
            },
        };
        var message = To(HttpMethod.Post, "/api/v1/services/aigc/video-generation/video-synthesis");
        message.Headers.Add("X-DashScope-Async", "enable");
        if (all.Any(medium => medium.Url.StartsWith("oss://", StringComparison.Ordinal)))
            message.Headers.Add("X-DashScope-OssResourceResolve", "enable");
        message.Content = new ByteArrayContent(SnakeJson.Write(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return message;
    }

    public HttpRequestMessage Task(string id) => To(HttpMethod.Get, $"/api/v1/tasks/{Uri.EscapeDataString(id)}");

    public HttpRequestMessage Cancel(string id) => To(HttpMethod.Post, $"/api/v1/tasks/{Uri.EscapeDataString(id)}/cancel");

    /// <summary>A page of the account's tasks.</summary>
    public HttpRequestMessage List(string? model, DateTimeOffset from, DateTimeOffset to, int page, int size = PageSize) => To(
        HttpMethod.Get,
        string.Create(
            CultureInfo.InvariantCulture,
            $"/api/v1/tasks/?start_time={DashScopeTime.Filter(from)}&end_time={DashScopeTime.Filter(to)}{(model is null ? "" : "&model_name=" + Uri.EscapeDataString(model))}&page_no={page}&page_size={size}"));

    public HttpRequestMessage UploadPolicy(string model) => To(HttpMethod.Get, $"/api/v1/uploads?action=getPolicy&model={Uri.EscapeDataString(model)}");

    private HttpRequestMessage To(HttpMethod method, string path)
    {
        var message = new HttpRequestMessage(method, new Uri(options.BaseAddress.AbsoluteUri.TrimEnd('/') + path));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        if (options.Workspace is { Length: > 0 } workspace)
            message.Headers.Add("X-DashScope-WorkSpace", workspace);
        return message;
    }

    private static string TypeOf(ImageRole role) => role switch
    {
        ImageRole.FirstFrame => "first_frame",
        ImageRole.LastFrame => "last_frame",
        ImageRole.Reference => "reference_image",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, message: null),
    };
}
