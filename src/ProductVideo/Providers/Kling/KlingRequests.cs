using System.Net.Http.Headers;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.Kling;

/// <summary>The requests as Kling documents them.</summary>
internal sealed class KlingRequests(KlingOptions options)
{
    /// <summary>The paid one.</summary>
    /// <param name="model">Which model.</param>
    /// <param name="request">What to make.</param>
    /// <param name="pictures">The bytes of <see cref="VideoRequest.Images"/>, in their order.</param>
    /// <param name="nonce">Of the intent, sent as <c>external_task_id</c>: unique in the account, and tasks can be asked for by it.</param>
    public HttpRequestMessage Submit(KlingModel model, VideoRequest request, IReadOnlyList<byte[]> pictures, string nonce) =>
        To(HttpMethod.Post, model.SubmitPath, model.IsSolution ? ProductClip(request, pictures, nonce) : Clip(request, pictures, nonce));

    /// <summary>Tasks by their ids.</summary>
    public HttpRequestMessage Tasks(bool solution, params IEnumerable<string> ids) =>
        To(HttpMethod.Get, $"{PathOf(solution)}?task_ids={string.Join(',', ids.Select(Uri.EscapeDataString))}");

    /// <summary>The task that was ordered under a nonce.</summary>
    public HttpRequestMessage TaskOf(bool solution, string nonce) => To(HttpMethod.Get, $"{PathOf(solution)}?external_task_ids={Uri.EscapeDataString(nonce)}");

    /// <summary>The account's tasks of a time; one of them.</summary>
    public HttpRequestMessage List(DateTimeOffset from, DateTimeOffset to) =>
        To(HttpMethod.Post, PathOf(solution: false), new { StartTime = from.ToUnixTimeMilliseconds(), EndTime = to.ToUnixTimeMilliseconds(), Limit = 1 });

    private static object Clip(VideoRequest request, IReadOnlyList<byte[]> pictures, string nonce) => new
    {
        Contents = pictures.Select((bytes, i) => Picture(TypeOf(request.Images[i].Role), bytes)).Prepend(Text("prompt", request.Prompt)).ToArray(),
        Settings = new
        {
            // Cuts from shot to shot unless told not to.
            MultiShot = false,
            Audio = "off",
            request.Resolution,
            Duration = (int)request.Seconds,
        },
        Options = new { ExternalTaskId = nonce, WatermarkInfo = new { Enabled = false } },
    };

    private static object ProductClip(VideoRequest request, IReadOnlyList<byte[]> pictures, string nonce) => new
    {
        Contents = pictures.Select(bytes => Picture("ref_image", bytes))
            .Append(Text("goods_title", request.Product!.Title))
            .Concat(request.Product.Description is { } description ? [Text("goods_description", description)] : []).ToArray(),
        Settings = new { request.Resolution, AspectRatio = request.Aspect, Duration = (int)request.Seconds },
        // Another word than beside all other models.
        Options = new { ExternalTaskId = nonce, Watermark = new { Enabled = false } },
    };

    private static object Text(string type, string text) => new { Type = type, Text = text };

    /// <summary>Plain base64: an address or that, says the vendor, whose older interface refuses one with <c>data:</c> before it.</summary>
    private static object Picture(string type, byte[] bytes) => new { Type = type, Url = Convert.ToBase64String(bytes) };

    private static string PathOf(bool solution) => solution ? "/solutions" : "/tasks";

    private static string TypeOf(ImageRole role) => role switch
    {
        ImageRole.FirstFrame => "first_frame",
        ImageRole.LastFrame => "last_frame",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Kling 3.0 begins with a picture and takes no references."),
    };

    private HttpRequestMessage To(HttpMethod method, string path, object? body = null)
    {
        var message = new HttpRequestMessage(method, new Uri(options.BaseAddress.AbsoluteUri.TrimEnd('/') + path));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        if (body is not null)
            message.Content = new ByteArrayContent(SnakeJson.Write(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return message;
    }
}
