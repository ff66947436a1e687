using System.Globalization;
using System.Net.Http.Headers;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.Seedance;

/// <summary>The requests as Ark documents them.</summary>
internal sealed class SeedanceRequests(SeedanceOptions options)
{
    public const int PageSize = 500;

    /// <summary>The paid one.</summary>
    /// <param name="model">Which model.</param>
    /// <param name="request">What to make.</param>
    /// <param name="pictures">Addresses of <see cref="VideoRequest.Images"/>, in their order.</param>
    /// <param name="nonce">Of the intent, sent as <c>safety_identifier</c>.</param>
    public HttpRequestMessage Submit(SeedanceModel model, VideoRequest request, IReadOnlyList<string> pictures, string nonce)
    {
        object text = new { Type = "text", Text = request.Prompt };
        var body = new
        {
            Model = model.IdAt(options.BaseAddress),
            Content = new[] { text }.Concat(pictures.Select((url, i) => (object)new
            {
                Type = "image_url", ImageUrl = new { Url = url }, Role = RoleOf(request.Images[i].Role),
            })).ToArray(),
            request.Resolution,
            // The picture was fitted to the ratio wanted; 2.5 takes no other word beside a first frame.
            Ratio = request.Images.Any(image => image.Role is ImageRole.FirstFrame) ? "adaptive" : request.Aspect,
            Duration = (int)request.Seconds,
            // On by default there.
            GenerateAudio = request.Audio,
            Watermark = false,
            Seed = model.TakesSeed ? request.Seed : null,
            SafetyIdentifier = nonce,
            CallbackUrl = SeedanceCallback.AddressOf(options),
        };
        var message = To(HttpMethod.Post, "/contents/generations/tasks");
        message.Content = new ByteArrayContent(SnakeJson.Write(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return message;
    }

    public HttpRequestMessage Task(string id) => To(HttpMethod.Get, $"/contents/generations/tasks/{Uri.EscapeDataString(id)}");

    /// <summary>Cancels what waits; of what has ended it would delete the record.</summary>
    public HttpRequestMessage Delete(string id) => To(HttpMethod.Delete, $"/contents/generations/tasks/{Uri.EscapeDataString(id)}");

    /// <summary>A page of the account's tasks of the last seven days, the newest first.</summary>
    public HttpRequestMessage List(string? model, int page, int size = PageSize) => To(
        HttpMethod.Get,
        string.Create(
            CultureInfo.InvariantCulture,
            $"/contents/generations/tasks?page_num={page}&page_size={size}{(model is null ? "" : "&filter.model=" + Uri.EscapeDataString(model))}"));

    private HttpRequestMessage To(HttpMethod method, string path)
    {
        var message = new HttpRequestMessage(method, new Uri(options.BaseAddress.AbsoluteUri.TrimEnd('/') + path));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        return message;
    }

    private static string RoleOf(ImageRole role) => role switch
    {
        ImageRole.FirstFrame => "first_frame",
        ImageRole.LastFrame => "last_frame",
        ImageRole.Reference => "reference_image",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, message: null),
    };
}
