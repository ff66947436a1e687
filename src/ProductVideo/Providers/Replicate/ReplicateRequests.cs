using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.Replicate;

/// <summary>The requests as Replicate documents them.</summary>
internal sealed class ReplicateRequests(ReplicateOptions options)
{
    /// <summary>The paid one. It asks for no waiting: the answer comes at once, the clip later.</summary>
    /// <param name="model">Which model.</param>
    /// <param name="request">What to make.</param>
    /// <param name="pictures">Data URIs of <see cref="VideoRequest.Images"/>, in their order.</param>
    public HttpRequestMessage Submit(ReplicateModel model, VideoRequest request, IReadOnlyList<string> pictures)
    {
        var body = new JsonObject { ["input"] = Input(model, request, pictures) };
        if (model.Version is { } version)
            body["version"] = version;
        var message = To(HttpMethod.Post, model.Version is null ? $"/models/{model.Name}/predictions" : "/predictions");
        message.Content = new ByteArrayContent(SnakeJson.Write(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return message;
    }

    public HttpRequestMessage Task(string id) => To(HttpMethod.Get, $"/predictions/{Uri.EscapeDataString(id)}");

    public HttpRequestMessage Cancel(string id) => To(HttpMethod.Post, $"/predictions/{Uri.EscapeDataString(id)}/cancel");

    public HttpRequestMessage Account() => To(HttpMethod.Get, "/account");

    /// <summary>The account's tasks since a time, the newest first.</summary>
    public HttpRequestMessage List(DateTimeOffset from) =>
        To(HttpMethod.Get, "/predictions?created_after=" + Uri.EscapeDataString(from.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));

    /// <summary>The page behind another. Of its address only what is asked for counts: the key goes nowhere but to the settings' host.</summary>
    /// <param name="next">As the list names it.</param>
    public HttpRequestMessage? Next(string next) =>
        Uri.TryCreate(options.BaseAddress, next, out var address) && address.Query.Length > 1 ? To(HttpMethod.Get, "/predictions" + address.Query) : null;

    private static JsonObject Input(ReplicateModel model, VideoRequest request, IReadOnlyList<string> pictures)
    {
        var (settings, names) = (model.Settings, model.Settings.Inputs);
        var input = new JsonObject();
        foreach (var (name, value) in settings.Extra)
            input[name] = Value(value);
        Set(names.Prompt, request.Prompt);
        Set(names.NegativePrompt, request.NegativePrompt);
        Set(names.Seconds, (int)request.Seconds);
        Set(names.Resolution, settings.Resolutions.Count > 0 ? request.Resolution : null);
        Set(names.Aspect, settings.Aspects.Count > 0 ? request.Aspect : null);
        Set(names.Seed, request.Seed);
        Set(names.Audio, request.Audio);
        foreach (var (image, picture) in request.Images.Zip(pictures))
            Set(image.Role is ImageRole.LastFrame ? names.LastFrame : names.FirstFrame, picture);
        return input;

        void Set(string name, JsonNode? value)
        {
            if (name.Length > 0 && value is not null)
                input[name] = value;
        }
    }

    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private HttpRequestMessage To(HttpMethod method, string path)
    {
        var message = new HttpRequestMessage(method, new Uri(options.BaseAddress.AbsoluteUri.TrimEnd('/') + path));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        return message;
    }
}
