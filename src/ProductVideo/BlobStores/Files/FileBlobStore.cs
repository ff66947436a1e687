using System.Runtime.CompilerServices;
using ProductVideo.Blobs;

namespace ProductVideo.BlobStores.Files;

/// <summary>Keeps blobs as files under one folder. A blob is written beside, flushed to the disk, and then renamed into its place.</summary>
internal sealed class FileBlobStore : IBlobStore
{
    private readonly FileBlobFolder _folder;
    private readonly FileBlobOptions _options;
    private readonly TimeProvider _clock;

    /// <exception cref="ArgumentException">The options are wrong; the message names every mistake.</exception>
    public FileBlobStore(FileBlobOptions options, TimeProvider? clock = null)
    {
        if (options.Mistakes() is { Count: > 0 } mistakes)
            throw new ArgumentException(string.Join(' ', mistakes), nameof(options));
        _options = options;
        _clock = clock ?? TimeProvider.System;
        _folder = new FileBlobFolder(options.Root);
    }

    /// <inheritdoc/>
    public async Task<BlobWritten> PutAsync(string key, Stream content, string contentType, PutMode mode, CancellationToken cancellationToken)
    {
        var path = _folder.PathOf(key);
        FileBlobTypes.Check(key, contentType);
        if (mode == PutMode.IfAbsent && Find(key, path) is { } there)
            return new BlobWritten(Written: false, there);

        var incoming = Path.Combine(_folder.Incoming, Guid.NewGuid().ToString("N"));
        try
        {
            var length = await ReceiveAsync(incoming, content, cancellationToken);
            return OnDisk(() => Place(key, incoming, path, length, mode));
        }
        finally
        {
            OnDisk(() => DeleteFile(incoming));
        }
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = _folder.PathOf(key);
        return Task.FromResult(OnDisk<Stream?>(() =>
        {
            try
            {
                var file = new FileStream(path, new FileStreamOptions { Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous });
                return new BlobStream(file, e => FileBlobFault.IsDisk(e) ? FileBlobFault.Of(e) : null);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
        }));
    }

    /// <inheritdoc/>
    public Task<BlobProperties?> FindAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Find(key, _folder.PathOf(key)));
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = _folder.PathOf(key);
        OnDisk(() => DeleteFile(path));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobProperties> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BlobPrefix.Check(prefix);
        cancellationToken.ThrowIfCancellationRequested();
        var keys = await Task.Run(() => OnDisk(() => _folder.Keys(prefix)), cancellationToken);
        foreach (var key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Find(key, _folder.PathOf(key)) is { } blob)
                yield return blob;
        }
    }

    /// <summary>Null: files have no address, ProductVideo serves them.</summary>
    public Task<Uri?> ReadUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        BlobKey.Check(key);
        return Task.FromResult<Uri?>(null);
    }

    /// <summary>Removes what interrupted uploads left behind. Returns how many files that were.</summary>
    /// <exception cref="BlobStoreException">One of them can't be removed; all others were.</exception>
    public Task<int> SweepAsync(CancellationToken cancellationToken) => Task.Run(
        () => OnDisk(() =>
        {
            var stale = (_clock.GetUtcNow() - _options.StaleAfter).UtcDateTime;
            var incoming = new DirectoryInfo(_folder.Incoming);
            var swept = 0;
            Exception? kept = null;
            foreach (var file in incoming.Exists ? incoming.EnumerateFiles().Where(f => f.LastWriteTimeUtc < stale) : [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    file.Delete();
                    swept++;
                }
                catch (Exception e) when (FileBlobFault.IsDisk(e))
                {
                    kept ??= e;
                }
            }

            return kept is null ? swept : throw FileBlobFault.Of(kept);
        }),
        cancellationToken);

    /// <summary>Copies the content beside. What the source throws is the caller's own; only the disk's errors become the store's.</summary>
    private async Task<long> ReceiveAsync(string incoming, Stream content, CancellationToken cancellationToken)
    {
        await using var file = OnDisk(() =>
        {
            _folder.Demand();
            Directory.CreateDirectory(_folder.Incoming);
            return new FileStream(incoming, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous, BufferSize = 0 });
        });
        var buffer = new byte[128 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            try
            {
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
            catch (Exception e) when (FileBlobFault.IsDisk(e))
            {
                throw FileBlobFault.Of(e);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        OnDisk(() => file.Flush(flushToDisk: true));
        return file.Length;
    }

    private BlobWritten Place(string key, string incoming, string path, long length, PutMode mode)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var placed = new BlobWritten(Written: true, new BlobProperties(key, length, FileBlobTypes.Of(key), new DateTimeOffset(File.GetLastWriteTimeUtc(incoming))));
        if (mode == PutMode.Replace)
        {
            File.Move(incoming, path, overwrite: true);
            return placed;
        }

        while (!FileBlobMove.TryMove(incoming, path))
        {
            // Somebody else was first, unless the blob was deleted since: then it is this one's turn again.
            if (Find(key, path) is { } first)
                return new BlobWritten(Written: false, first);
        }

        return placed;
    }

    private static BlobProperties? Find(string key, string path) => OnDisk(() =>
    {
        var file = new FileInfo(path);
        return file.Exists ? new BlobProperties(key, file.Length, FileBlobTypes.Of(key), new DateTimeOffset(file.LastWriteTimeUtc)) : null;
    });

    private static void DeleteFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was ever written there.
        }
    }

    private static void OnDisk(Action work) => OnDisk(() =>
    {
        work();
        return true;
    });

    private static T OnDisk<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (FileBlobFault.IsDisk(e))
        {
            throw FileBlobFault.Of(e);
        }
    }
}
