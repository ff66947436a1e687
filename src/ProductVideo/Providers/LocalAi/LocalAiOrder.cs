using System.Net;
using System.Net.Http.Headers;

namespace ProductVideo.Providers.LocalAi;

/// <summary>The body of an order. It is asked for once there is a connection to send it by, and tells when that is.</summary>
internal sealed class LocalAiOrder : ByteArrayContent
{
    private readonly TaskCompletionSource _leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _json;

    public LocalAiOrder(byte[] json)
        : base(json)
    {
        _json = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>Done when its first byte is about to leave; never where none does.</summary>
    public Task Leaving => _leaving.Task;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _leaving.TrySetResult();
        return stream.WriteAsync(_json, cancellationToken).AsTask();
    }
}
