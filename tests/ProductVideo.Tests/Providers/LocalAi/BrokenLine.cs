using ProductVideo.Http;

namespace ProductVideo.Tests.Providers.LocalAi;

/// <summary>Behind it nobody answers, which is found out when the test says so: before the first byte of a request's body leaves, or after it.</summary>
internal sealed class BrokenLine(bool afterFirstByte) : HttpMessageHandler
{
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _missed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done once a request waits for it.</summary>
    public Task Tried => _tried.Task;

    public void Break() => _missed.TrySetResult();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (afterFirstByte)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            SubmitProgress.Current!.Demand(1);
        }

        _tried.TrySetResult();
        await _missed.Task.WaitAsync(cancellationToken);
        throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection timed out");
    }
}
