using Azure.Core;
using Azure.Core.Pipeline;

namespace ProductVideo.BlobStores.AzureBlobs;

/// <summary>
/// How long one request may take until the service has answered. One that carries nothing is answered soon or never; a block that is uploaded
/// gets the time that the slowest line needs for it, beside the others that are on their way.
/// </summary>
/// <param name="silence">For a request that carries nothing.</param>
internal sealed class SlowLine(TimeSpan silence) : HttpPipelinePolicy
{
    /// <summary>1 Mbit/s.</summary>
    private const int BytesPerSecond = 125_000;

    /// <param name="bytes">That the request carries.</param>
    public TimeSpan PatienceFor(long bytes) => silence + TimeSpan.FromSeconds((double)bytes * AzureBlobStore.BlocksAtOnce / BytesPerSecond);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Allow(message);
        ProcessNext(message, pipeline);
    }

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Allow(message);
        return ProcessNextAsync(message, pipeline);
    }

    private void Allow(HttpMessage message) =>
        message.NetworkTimeout = PatienceFor(message.Request.Content?.TryComputeLength(out var bytes) == true ? bytes : 0);
}
