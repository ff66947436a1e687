using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using ProductVideo.Blobs;
using BlobProperties = ProductVideo.Blobs.BlobProperties;

namespace ProductVideo.BlobStores.AzureBlobs;

/// <summary>Keeps blobs in one private container of Azure Blob Storage. Uploads stream: 4 MB blocks, two at a time.</summary>
internal sealed class AzureBlobStore : IBlobStore, IDisposable
{
    internal const int BlockBytes = 4 * 1024 * 1024;
    internal const int BlocksAtOnce = 2;

    /// <summary>The client tries a request so often again, and then whoever waits for it tries later.</summary>
    private const int MaxRetries = 2;

    /// <summary>A request that is answered is so within a second or two; see <see cref="SlowLine"/> for one that carries a block.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    private readonly BlobContainerClient _container;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _creating = new(1);
    private volatile bool _created;

    /// <param name="options">Which account and container.</param>
    /// <param name="clock">The system's if null.</param>
    /// <param name="adjust">Changes how the client speaks with the service; null for nothing.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message names every mistake.</exception>
    public AzureBlobStore(AzureBlobOptions options, TimeProvider? clock = null, Action<BlobClientOptions>? adjust = null)
    {
        if (options.Mistakes() is { Count: > 0 } mistakes)
            throw new ArgumentException(string.Join(' ', mistakes), nameof(options));
        _clock = clock ?? TimeProvider.System;
        var settings = new BlobClientOptions(options.ServiceVersion) { Retry = { MaxRetries = MaxRetries, NetworkTimeout = Silence } };
        adjust?.Invoke(settings);
        settings.AddPolicy(new SlowLine(settings.Retry.NetworkTimeout), HttpPipelinePosition.PerCall);
        var service = options switch
        {
            { ConnectionString: { } connection } => new BlobServiceClient(connection, settings),
            { Credential: { } credential } => new BlobServiceClient(options.ServiceUri, credential, settings),
            _ => new BlobServiceClient(options.ServiceUri, settings),
        };
        _container = service.GetBlobContainerClient(options.Container);
    }

    /// <inheritdoc/>
    public async Task<BlobWritten> PutAsync(string key, Stream content, string contentType, PutMode mode, CancellationToken cancellationToken)
    {
        BlobKey.Check(key);
        if (mode == PutMode.IfAbsent && await FindAsync(key, cancellationToken) is { } there)
            return new BlobWritten(Written: false, there);
        var blob = await BlobAsync(key, cancellationToken);
        await using var source = new CountedSource(content);
        var upload = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
            Conditions = mode == PutMode.IfAbsent ? new BlobRequestConditions { IfNoneMatch = ETag.All } : null,
            TransferOptions = new StorageTransferOptions { InitialTransferSize = BlockBytes, MaximumTransferSize = BlockBytes, MaximumConcurrency = BlocksAtOnce },
        };
        try
        {
            var written = await AzureBlobFault.GuardAsync(() => blob.UploadAsync(source, upload, cancellationToken), cancellationToken, source);
            return new BlobWritten(Written: true, new BlobProperties(key, source.Count, contentType, written.Value.LastModified));
        }
        catch (BlobStoreException e) when (mode == PutMode.IfAbsent && e.InnerException is RequestFailedException failed && AzureBlobFault.IsThere(failed))
        {
            if (await FindAsync(key, cancellationToken) is { } first)
                return new BlobWritten(Written: false, first);
            throw;
        }
    }

    /// <summary>Opens a blob for reading from its start, as one download that can't be wound back. Null if there is none.</summary>
    public async Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        var blob = await BlobAsync(BlobKey.Check(key), cancellationToken);
        return await AzureBlobFault.GuardAsync(async () =>
        {
            try
            {
                return (Stream)new BlobStream((await blob.DownloadStreamingAsync(cancellationToken: cancellationToken)).Value.Content, AzureBlobFault.Of);
            }
            catch (RequestFailedException e) when (AzureBlobFault.IsMissing(e))
            {
                return null;
            }
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<BlobProperties?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var blob = await BlobAsync(BlobKey.Check(key), cancellationToken);
        return await AzureBlobFault.GuardAsync(async () =>
        {
            try
            {
                var found = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
                return new BlobProperties(key, found.ContentLength, found.ContentType, found.LastModified);
            }
            catch (RequestFailedException e) when (AzureBlobFault.IsMissing(e))
            {
                return null;
            }
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        var blob = await BlobAsync(BlobKey.Check(key), cancellationToken);
        await AzureBlobFault.GuardAsync(() => blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobProperties> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BlobPrefix.Check(prefix);
        await EnsureContainerAsync(cancellationToken);

        // The service lists in ordinal order.
        var listing = _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken);
        await using var blobs = listing.GetAsyncEnumerator(cancellationToken);
        while (await AzureBlobFault.GuardAsync(() => blobs.MoveNextAsync().AsTask(), cancellationToken))
        {
            var (name, found) = (blobs.Current.Name, blobs.Current.Properties);
            yield return new BlobProperties(name, found.ContentLength ?? 0, found.ContentType, found.LastModified ?? default);
        }
    }

    /// <summary>A signed address for this one blob, for reading only. Null where the credential can't sign: a token or a signature.</summary>
    public Task<Uri?> ReadUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var blob = _container.GetBlobClient(BlobKey.Check(key));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        return Task.FromResult(blob.CanGenerateSasUri ? blob.GenerateSasUri(BlobSasPermissions.Read, _clock.GetUtcNow() + lifetime) : null);
    }

    public void Dispose() => _creating.Dispose();

    private async Task<BlobClient> BlobAsync(string key, CancellationToken cancellationToken)
    {
        await EnsureContainerAsync(cancellationToken);
        return _container.GetBlobClient(key);
    }

    /// <summary>Once a process; a failure is met again by the next call.</summary>
    private async Task EnsureContainerAsync(CancellationToken cancellationToken)
    {
        if (_created)
            return;
        await _creating.WaitAsync(cancellationToken);
        try
        {
            if (!_created)
                await AzureBlobFault.GuardAsync(() => _container.CreateIfNotExistsAsync(PublicAccessType.None, cancellationToken: cancellationToken), cancellationToken);
            _created = true;
        }
        finally
        {
            _creating.Release();
        }
    }
}
