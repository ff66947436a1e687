using System.Text.Json;
using ProductVideo.Catalog;
using ProductVideo.Storefronts.Folder.Products;

namespace ProductVideo.Storefronts.Folder.Galleries;

/// <summary>Keeps galleries and clips below the state folder: <c>{handle}/gallery.json</c>, <c>{handle}/{key}.mp4</c>, <c>{handle}/{key}.jpg</c>.</summary>
internal sealed class GalleryStore(string statePath, TimeProvider clock)
{
    private const long MostPosterBytes = 16 << 20;
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string _root = Path.GetFullPath(statePath);
    private readonly ProductLocks _locks = new(Path.GetFullPath(statePath), clock);

    public string ClipPath(string handle, string key) => Path.Combine(_root, handle, key + ".mp4");

    public string PosterPath(string handle, string key) => Path.Combine(_root, handle, key + ".jpg");

    /// <summary>Null where no clip is attached. Needs no lock: the file is only ever replaced whole.</summary>
    public async Task<Gallery?> ReadAsync(string handle, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<Gallery>(await File.ReadAllBytesAsync(GalleryPath(handle), cancellationToken), _json)
                ?? throw new JsonException("The file holds null.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw FolderFaults.DamagedGallery(handle, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFaults.CannotRead(e);
        }
    }

    /// <returns>True if the sound clip was there already and nothing was written.</returns>
    public Task<bool> AttachAsync(string handle, IReadOnlyList<string> imageIds, ClipToAttach clip, CancellationToken cancellationToken) =>
        LockedAsync(handle, async () =>
        {
            var gallery = await ReadAsync(handle, cancellationToken) ?? Gallery.Of(handle, imageIds);
            var known = gallery.Find(clip.Key);
            if (known is not null && await IsSoundAsync(handle, known, clip, cancellationToken))
                return true;

            Directory.CreateDirectory(Path.Combine(_root, handle));
            DurableFile.RemoveLeftovers(Path.Combine(_root, handle));
            var written = await DurableFile.CopyAsync(clip.OpenClip, ClipPath(handle, clip.Key), clip.Length, cancellationToken);
            if (written is not { } copy || copy.Length != clip.Length || copy.Sha256 != clip.Sha256)
            {
                File.Delete(ClipPath(handle, clip.Key));
                throw FolderFaults.ClipDiffers(clip.Key, written?.Length ?? clip.Length + 1, written?.Sha256 ?? "unknown");
            }

            var poster = await WritePosterAsync(handle, clip, cancellationToken);
            var video = new AttachedVideo(
                clip.Key, clip.Length, clip.Sha256, poster, clip.Duration, clip.Width, clip.Height, clip.AltText, known?.AttachedAt ?? clock.GetUtcNow(),
                clip.MadeWithAi);
            await SaveAsync(gallery.With(video), cancellationToken);
            return false;
        }, cancellationToken);

    /// <returns>Whether the clip was in the gallery.</returns>
    /// <exception cref="StorefrontException">The state folder is not there, as where its drive is not mounted: the clip lies in the real one.</exception>
    public Task<bool> DetachAsync(string handle, string key, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path.Combine(_root, handle)))
            return _locks.WereUsed ? Task.FromResult(false) : throw FolderFaults.NoState();
        return LockedAsync(handle, async () =>
        {
            var gallery = await ReadAsync(handle, cancellationToken);
            var wasThere = gallery?.Find(key) is not null;

            // The gallery lets go of the clip before its bytes go, so that no listing points at nothing.
            if (wasThere && gallery!.Without(key) is { } left)
                await SaveAsync(left, cancellationToken);
            else if (wasThere)
                File.Delete(GalleryPath(handle));
            RemoveFiles(handle, key);
            return wasThere;
        }, cancellationToken);
    }

    private async Task<bool> IsSoundAsync(string handle, AttachedVideo known, ClipToAttach clip, CancellationToken cancellationToken)
    {
        if (known.Sha256 != clip.Sha256 || FileStamp.Of(ClipPath(handle, known.Key))?.Length != known.Length
            || await ContentDigests.ReadAsync(ClipPath(handle, known.Key), cancellationToken) != known.Sha256)
            return false;
        if (clip.OpenPoster is null)
            return true;
        var poster = PosterPath(handle, known.Key);
        return known.PosterSha256 is not null && File.Exists(poster) && await ContentDigests.ReadAsync(poster, cancellationToken) == known.PosterSha256;
    }

    private async Task<string?> WritePosterAsync(string handle, ClipToAttach clip, CancellationToken cancellationToken)
    {
        if (clip.OpenPoster is null)
            return null;
        var written = await DurableFile.CopyAsync(clip.OpenPoster, PosterPath(handle, clip.Key), MostPosterBytes, cancellationToken);
        return written?.Sha256 ?? throw FolderFaults.PosterTooBig(clip.Key);
    }

    private Task SaveAsync(Gallery gallery, CancellationToken cancellationToken)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(gallery, _json);
        return DurableFile.CopyAsync(
            _ => Task.FromResult<Stream>(new MemoryStream(bytes)), GalleryPath(gallery.Product), bytes.Length, cancellationToken);
    }

    private void RemoveFiles(string handle, string key)
    {
        var folder = Path.Combine(_root, handle);
        if (!Directory.Exists(folder))
            return;
        DurableFile.RemoveLeftovers(folder);
        File.Delete(ClipPath(handle, key));
        File.Delete(PosterPath(handle, key));
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    private async Task<T> LockedAsync<T>(string handle, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var held = await _locks.EnterAsync(handle, cancellationToken);
            return await work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFaults.CannotWrite(e);
        }
    }

    private string GalleryPath(string handle) => Path.Combine(_root, handle, "gallery.json");
}
