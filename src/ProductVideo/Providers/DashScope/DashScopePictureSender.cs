using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Providers.DashScope;

/// <summary>Gives the pictures of a request addresses that Model Studio can read. All of it happens before anything is paid for.</summary>
internal sealed class DashScopePictureSender(
    DashScopeOptions options, DashScopeRequests requests, DashScopeFaults faults, ProviderExchange exchange, PictureCarrier carrier)
{
    /// <summary>Longer than any task waits in their queue.</summary>
    private static readonly TimeSpan UrlLifetime = TimeSpan.FromHours(24);

    /// <returns>The addresses in the request's order, or why there are none.</returns>
    public Task<(IReadOnlyList<string> Addresses, ProviderFault? Fault)> AddressAsync(VideoRequest request, CancellationToken cancellationToken) =>
        PictureCarrier.EachAsync(request.Images, image => AddressAsync(request.Model, image, cancellationToken));

    private async Task<(string Address, ProviderFault? Fault)> AddressAsync(string model, RequestImage image, CancellationToken cancellationToken) =>
        options.Pictures switch
        {
            DashScopePictures.Url when await carrier.UrlAsync(image, UrlLifetime, cancellationToken) is { } url => (url.AbsoluteUri, null),
            DashScopePictures.Upload => await UploadAsync(model, image, cancellationToken),
            _ => (await carrier.DataUriAsync(image, cancellationToken), null),
        };

    private async Task<(string Address, ProviderFault? Fault)> UploadAsync(string model, RequestImage image, CancellationToken cancellationToken)
    {
        const string About = "temporary upload";
        var asked = await exchange.AskAsync(requests.UploadPolicy(model), cancellationToken);
        if (asked is not SubmitAnswer.Answered { Status: 200 } answer)
            return ("", faults.Of(asked, About));
        if (UploadAnswer.Read(answer.Body)?.Data is not { UploadHost: { } host, UploadDir: { } folder } policy
            || !Uri.TryCreate(host, UriKind.Absolute, out var address))
            return ("", faults.Of(answer, About));
        var key = $"{folder}/{Path.GetFileName(image.BlobKey)}";
        using var form = Form(policy, key, await carrier.BytesAsync(image, cancellationToken), image.ContentType);
        // The key stays here: the policy signs this request.
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
        return await exchange.AskAsync(message, cancellationToken) is SubmitAnswer.Answered { Status: >= 200 and < 300 }
            ? ($"oss://{key}", null) : ("", faults.Of(ProviderFaultCode.Transient, "the temporary upload of a picture was not taken"));
    }

    private static MultipartFormDataContent Form(UploadPolicy policy, string key, byte[] picture, string contentType)
    {
        var form = new MultipartFormDataContent();
        (string Name, string? Value)[] fields =
        [
            ("OSSAccessKeyId", policy.OssAccessKeyId), ("Signature", policy.Signature), ("policy", policy.Policy), ("key", key),
            ("x-oss-object-acl", policy.XOssObjectAcl), ("x-oss-forbid-overwrite", policy.XOssForbidOverwrite), ("success_action_status", "200"),
        ];
        foreach (var (name, value) in fields)
            form.Add(FormPart.Field(name, value ?? ""));
        form.Add(FormPart.File("file", Path.GetFileName(key), contentType, picture));
        return form;
    }
}
