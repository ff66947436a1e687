using System.Collections.Concurrent;
using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Providers.DashScope;

/// <summary>Gives the pictures and the clip of a request addresses that Model Studio can read. All of it happens before anything is paid for.</summary>
internal sealed class DashScopeMediaSender(
    DashScopeOptions options, DashScopeRequests requests, DashScopeFaults faults, ProviderExchange exchange, PictureCarrier carrier, TimeProvider clock,
    CancellationToken stopping)
{
    /// <summary>A large clip over a slow line.</summary>
    private static readonly TimeSpan UploadTime = TimeSpan.FromMinutes(10);

    /// <summary>Uploads live for 48 hours; a task may wait in the queue for the other half of that.</summary>
    private static readonly TimeSpan UploadReuse = TimeSpan.FromHours(24);

    /// <summary>
    /// What was uploaded. An upload may last longer than an order may take to leave; then the order is refused here, and when it is made again
    /// its media are there.
    /// </summary>
    private readonly ConcurrentDictionary<(string Model, string BlobKey), (string Address, DateTimeOffset Until)> _uploads = new();

    /// <summary>Longer than any task waits in their queue.</summary>
    private static readonly TimeSpan UrlLifetime = TimeSpan.FromHours(24);

    /// <summary>
    /// An upload may outlast the time that the program has to stop, and a start is never cancelled: so the stop ends it here, where it is sure
    /// that nothing was ordered.
    /// </summary>
    /// <returns>The addresses, or why there are none.</returns>
    public async Task<(DashScopeMedia Media, ProviderFault? Fault)> AddressAsync(VideoRequest request, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        try
        {
            var addressed = await EachAsync(request, either.Token);
            // Else the order would be refused as if the provider could not be reached.
            return addressed.Fault is null && SubmitWindow.Current is { IsOver: true }
                ? (addressed.Media, Ours("bringing it took longer than the order may take to leave; what was uploaded is there for the next try")) : addressed;
        }
        catch (Exception e) when ((WireFault.Is(e) || e is OperationCanceledException) && stopping.IsCancellationRequested)
        {
            return (new DashScopeMedia([], Clip: null), Ours("the program is being stopped; nothing was ordered"));
        }
    }

    /// <summary>What the provider could not read there is not shown to it again, but uploaded anew.</summary>
    public void Forget(IEnumerable<string> addresses)
    {
        foreach (var (upload, known) in _uploads)
        {
            if (addresses.Contains(known.Address, StringComparer.Ordinal))
                _uploads.TryRemove(upload, out _);
        }
    }

    private async Task<(DashScopeMedia Media, ProviderFault? Fault)> EachAsync(VideoRequest request, CancellationToken cancellationToken)
    {
        var (pictures, fault) = await PictureCarrier.EachAsync(request.Images, image => AddressAsync(request.Model, image, cancellationToken));
        if (fault is not null || request.SourceClip is not { } clip)
            return (new DashScopeMedia(pictures, Clip: null), fault);
        var (addresses, unsent) = await PictureCarrier.EachAsync([clip], one => AddressAsync(request.Model, one, cancellationToken));
        return (new DashScopeMedia(pictures, addresses.FirstOrDefault()), unsent);
    }

    private async Task<(string Address, ProviderFault? Fault)> AddressAsync(string model, RequestImage image, CancellationToken cancellationToken) =>
        options.Pictures switch
        {
            DashScopePictures.Url when await carrier.UrlAsync(image.BlobKey, UrlLifetime, cancellationToken) is { } url => (url.AbsoluteUri, null),
            DashScopePictures.Upload => await UploadAsync(
                model, image.BlobKey, async name => FormPart.File("file", name, image.ContentType, await carrier.BytesAsync(image, cancellationToken)), cancellationToken),
            _ => (await carrier.DataUriAsync(image, cancellationToken), null),
        };

    /// <summary>A clip is never taken inside the request, so that without an address of our own it is uploaded whatever is set for pictures.</summary>
    private async Task<(string Address, ProviderFault? Fault)> AddressAsync(string model, RequestClip clip, CancellationToken cancellationToken) =>
        options.Pictures is DashScopePictures.Url && await carrier.UrlAsync(clip.BlobKey, UrlLifetime, cancellationToken) is { } url
            ? (url.AbsoluteUri, null)
            : await UploadAsync(
                model, clip.BlobKey, async name => FormPart.File("file", name, RequestClip.ContentType, await carrier.OpenAsync(clip, cancellationToken)), cancellationToken);

    private async Task<(string Address, ProviderFault? Fault)> UploadAsync(
        string model, string blobKey, Func<string, Task<HttpContent>> fileAsync, CancellationToken cancellationToken)
    {
        const string About = "temporary upload";
        var now = clock.GetUtcNow();
        if (_uploads.TryGetValue((model, blobKey), out var known) && known.Until > now)
            return (known.Address, null);
        foreach (var (old, upload) in _uploads)
        {
            if (upload.Until <= now)
                _uploads.TryRemove(old, out _);
        }

        var asked = await exchange.AskAsync(requests.UploadPolicy(model), cancellationToken);
        if (asked is not SubmitAnswer.Answered { Status: 200 } answer)
            return ("", faults.Of(asked, About));
        if (UploadAnswer.Read(answer.Body)?.Data is not { UploadHost: { } host, UploadDir: { } folder } policy
            || !WebAddress.TryRead(host, out var address))
            return ("", faults.Of(answer, About));
        var name = Path.GetFileName(blobKey);
        var key = $"{folder}/{name}";
        using var form = Form(policy, key, await fileAsync(name));
        // The key stays here: the policy signs this request.
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
        switch (await exchange.AskAsync(message, UploadTime, cancellationToken))
        {
            case SubmitAnswer.Unanswered unanswered:
                return ("", Ours($"the temporary upload of a picture or clip did not get through: {unanswered.OperatorText}"));
            case SubmitAnswer.Answered { Status: < 200 or >= 300 }:
                return ("", faults.Of(ProviderFaultCode.Transient, "the temporary upload of a picture or clip was not taken"));
        }

        _uploads[(model, blobKey)] = ($"oss://{key}", now + UploadReuse);
        return ($"oss://{key}", null);
    }

    /// <summary>A slow line of ours keeps no other order from the account.</summary>
    private ProviderFault Ours(string said) => faults.Of(ProviderFaultCode.Transient, said) with
    {
        IsOurs = true,
        MerchantText = "The pictures or the video could not be sent in time. Nothing was ordered yet. We try again by ourselves.",
    };

    private static MultipartFormDataContent Form(UploadPolicy policy, string key, HttpContent file)
    {
        var form = new MultipartFormDataContent();
        (string Name, string? Value)[] fields =
        [
            ("OSSAccessKeyId", policy.OssAccessKeyId), ("Signature", policy.Signature), ("policy", policy.Policy), ("key", key),
            ("x-oss-object-acl", policy.XOssObjectAcl), ("x-oss-forbid-overwrite", policy.XOssForbidOverwrite), ("success_action_status", "200"),
        ];
        foreach (var (name, value) in fields)
            form.Add(FormPart.Field(name, value ?? ""));
        form.Add(file);
        return form;
    }
}
