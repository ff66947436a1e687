using System.Diagnostics;
using System.Globalization;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Benchmarks.Measuring;
using ProductVideo.BlobStores.AzureBlobs;
using ProductVideo.Clips;
using ProductVideo.Conformance.Databases;
using ProductVideo.Generations;
using ProductVideo.Http;
using ProductVideo.Pipeline;
using ProductVideo.Provenance;
using ProductVideo.Providers;
using ProductVideo.Rendering;

namespace ProductVideo.Benchmarks.Streaming;

/// <summary>One clip's way in a process of its own, so that its memory is nobody else's.</summary>
internal static class ClipChild
{
    /// <summary>The blob store's connection string, which is too secret for a command line.</summary>
    public const string Store = "STREAMING_STORE";

    /// <summary>The product's own way: from the provider's address to the blob store, checks and poster with it.</summary>
    /// <param name="first">A small clip that is brought before: a server has worked before.</param>
    /// <param name="address">The clip that is measured.</param>
    /// <param name="ffmpeg">The programs that look at it.</param>
    public static async Task<int> BringAsync(string first, string address, FfmpegTool ffmpeg)
    {
        var work = Directory.CreateTempSubdirectory("pv-streaming-").FullName;
        try
        {
            var options = new PipelineOptions { WorkFolder = work };
            options.LoopbackAllowed.Add(new Uri(address).Authority);
            using var store = new AzureBlobStore(Options());
            using var download = new SafeDownload(new SafeDownloadOptions());
            var own = new OwnCertificates(store, new EphemeralDataProtectionProvider(), TimeProvider.System, NullLogger<OwnCertificates>.Instance);
            var fetch = new ClipFetch(
                new VideoProviders([]), store, download, ffmpeg,
                new ClipJudge(new VideoProviders([]), ffmpeg, new ClipLikeness(store, NullLogger<ClipLikeness>.Instance), options),
                new ClipLabels(new NoLabels(), NullLogger<ClipLabels>.Instance),
                new ClipSigner(new SigningOptions(), own, TimeProvider.System, NullLogger<ClipSigner>.Instance), options, TimeProvider.System, NullLogger<ClipFetch>.Instance);
            await BringAsync(fetch, first);
            var started = Stopwatch.GetTimestamp();
            await BringAsync(fetch, address);
            Report(started);
            return 0;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task BringAsync(ClipFetch fetch, string address)
    {
        if (await fetch.RunAsync(Orders.New(DateTimeOffset.UtcNow), [new ClipSource.Remote(address, ExpiresAt: null)], CancellationToken.None) is not Answer.Fetched)
            throw new InvalidOperationException("The clip was not brought home.");
    }

    /// <summary>What it is held against: the client's own upload of a file that is there, with the same options, after that of a small one.</summary>
    public static async Task<int> UploadAsync(string first, string file)
    {
        var options = Options();
        var container = new BlobContainerClient(options.ConnectionString, options.Container, new BlobClientOptions(options.ServiceVersion));
        await container.CreateIfNotExistsAsync();
        await UploadAsync(container, first);
        var started = Stopwatch.GetTimestamp();
        await UploadAsync(container, file);
        Report(started);
        return 0;
    }

    private static async Task UploadAsync(BlobContainerClient container, string file)
    {
        await using var content = File.OpenRead(file);
        await container.GetBlobClient($"bare/{Guid.NewGuid():n}.mp4").UploadAsync(content, new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "video/mp4" },
            TransferOptions = new StorageTransferOptions
            {
                InitialTransferSize = AzureBlobStore.BlockBytes, MaximumTransferSize = AzureBlobStore.BlockBytes, MaximumConcurrency = AzureBlobStore.BlocksAtOnce,
            },
        });
    }

    /// <summary>A database would be measured with the clip's way.</summary>
    private sealed class NoLabels : IDecideLabels
    {
        public Task<AiLabel?> OfAsync(string shop, GenerationOrder order, CancellationToken cancellationToken) => Task.FromResult<AiLabel?>(null);
    }

    private static AzureBlobOptions Options() => new() { ConnectionString = Environment.GetEnvironmentVariable(Store), Container = "streaming" };

    private static void Report(long started)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Wall: {Stopwatch.GetElapsedTime(started).TotalSeconds} s"));
        ChildRun.ReportPeak();
    }
}
