using System.Globalization;
using System.Net.Http.Headers;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.OpenAiVideos;

/// <summary>The requests, in the form that all the servers read: a start is always multipart, which leaves no type to quarrel about.</summary>
internal sealed class OpenAiVideosRequests(OpenAiVideosServer server, OpenAiVideosPreset preset)
{
    /// <summary>The most that the shape allows.</summary>
    public const int PageSize = 100;

    private readonly string _base = BaseOf(server.BaseAddress!);

    /// <summary>The paid one.</summary>
    /// <param name="model">A model of this server.</param>
    /// <param name="request">What to make.</param>
    /// <param name="size">Of the clip and of its picture.</param>
    /// <param name="picture">The bytes of the first frame.</param>
    public HttpRequestMessage Submit(ServedModel model, VideoRequest request, FrameSize size, byte[] picture)
    {
        var image = request.Images[0];
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in Fields(model, request, size))
            form.Add(FormPart.Field(name, value));
        form.Add(FormPart.File("input_reference", image.ContentType == "image/png" ? "first-frame.png" : "first-frame.jpg", image.ContentType, picture));
        // .NET puts the boundary in quotes, which some readers take for a part of it.
        var boundary = form.Headers.ContentType!.Parameters.First(parameter => parameter.Name == "boundary");
        boundary.Value = boundary.Value!.Trim('"');
        var message = To(HttpMethod.Post, "");
        message.Content = form;
        return message;
    }

    public HttpRequestMessage Task(string id) => To(HttpMethod.Get, "/" + Uri.EscapeDataString(id));

    public HttpRequestMessage Content(string id) => To(HttpMethod.Get, $"/{Uri.EscapeDataString(id)}/content");

    public HttpRequestMessage Delete(string id) => To(HttpMethod.Delete, "/" + Uri.EscapeDataString(id));

    /// <summary>A page of the list, the newest first.</summary>
    public HttpRequestMessage List(string? after, int limit = PageSize) =>
        To(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"?limit={limit}&order=desc{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}"));

    private IEnumerable<KeyValuePair<string, string>> Fields(ServedModel model, VideoRequest request, FrameSize size)
    {
        var seconds = request.Seconds.ToString("0", CultureInfo.InvariantCulture);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["model"] = model.Id,
            ["prompt"] = request.Prompt,
            ["seconds"] = seconds,
            ["size"] = string.Create(CultureInfo.InvariantCulture, $"{size.Width}x{size.Height}"),
        };
        if (preset.TakesDiffusionFields && request.Seed is { } seed)
            fields["seed"] = seed.ToString(CultureInfo.InvariantCulture);
        if (model.Capabilities.Prompt.TakesNegative && request.NegativePrompt is { Length: > 0 } negative)
            fields["negative_prompt"] = negative;
        foreach (var (name, value) in model.Fields)
        {
            fields[name] = value.Replace("{seconds}", seconds, StringComparison.Ordinal).Replace("{aspect}", size.Aspect, StringComparison.Ordinal)
                .Replace("{width}", size.Width.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{height}", size.Height.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }

        return fields;
    }

    private HttpRequestMessage To(HttpMethod method, string path)
    {
        var message = new HttpRequestMessage(method, new Uri(_base + path));
        if (server.ApiKey.Length > 0)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.ApiKey);
        return message;
    }

    private static string BaseOf(Uri address)
    {
        var text = address.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return (text.EndsWith("/v1", StringComparison.Ordinal) ? text : text + "/v1") + "/videos";
    }
}
