using System.Buffers;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ProductVideo.Bridge;

/// <summary>
/// The folder of clips and posters, which the shop's web server gives to everybody. A file is named for the hash of its bytes, never for what a
/// request said; what comes twice is stored once. Nothing else in the folder is touched.
/// </summary>
/// <param name="folder">Made when it is first needed.</param>
/// <param name="clock">Tells how old files are.</param>
public sealed partial class ClipFiles(string folder, TimeProvider clock)
{
    /// <summary>Below the shop's address.</summary>
    public const string PublicFolder = "files/productvideo/";

    /// <summary>An upload that nothing uses so long after it came is thrown away.</summary>
    private static readonly TimeSpan KeptUnused = TimeSpan.FromDays(1);

    private const string Partial = ".partial";

    /// <summary>Whether it is a name that this gives.</summary>
    public static bool IsName(string? name) => name is not null && Name().IsMatch(name);

    public static bool IsVideo(string? name) => IsName(name) && name!.EndsWith(".mp4", StringComparison.Ordinal);

    public static bool IsPoster(string? name) => IsName(name) && name!.EndsWith(".jpg", StringComparison.Ordinal);

    /// <summary>Whether files can be stored. Writes a file and takes it away.</summary>
    public bool CanStore()
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, Guid.NewGuid().ToString("N") + Partial);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <returns>Null where it is not there.</returns>
    public FileView? Find(string name) =>
        IsName(name) && new FileInfo(Path.Combine(folder, name)) is { Exists: true } file ? new(name, file.Length) : null;

    /// <summary>Stores what a stream holds, while it comes. It is there whole or not at all.</summary>
    /// <param name="body">Read to its end, or until it is too long.</param>
    /// <param name="isVideo">An MP4 rather than a JPEG.</param>
    /// <param name="sha256">What its bytes were said to be, lower-case hex.</param>
    /// <param name="most">The most bytes to take.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="IOException">The disk is full, or the request broke off.</exception>
    /// <exception cref="UnauthorizedAccessException">The shop may not write there.</exception>
    public async Task<(FileView? File, string? Refused)> StoreAsync(Stream body, bool isVideo, string sha256, long most, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var partial = Path.Combine(folder, Guid.NewGuid().ToString("N") + Partial);
        try
        {
            var (length, hash, refused) = await CopyAsync(body, partial, isVideo, most, cancellationToken);
            if (refused is null && hash != sha256)
                refused = RefusalCodes.ContentDiffers;
            if (refused is not null)
                return (null, refused);
            var name = hash + (isVideo ? ".mp4" : ".jpg");
            File.Move(partial, Path.Combine(folder, name), overwrite: true);
            // One that was there may have been about to be swept.
            File.SetLastWriteTimeUtc(Path.Combine(folder, name), clock.GetUtcNow().UtcDateTime);
            return (new FileView(name, length), null);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Takes a file away; fine where it is gone.</summary>
    public void Delete(string name)
    {
        if (IsName(name) && Directory.Exists(folder))
            File.Delete(Path.Combine(folder, name));
    }

    /// <summary>Takes away all that this stored.</summary>
    public void DeleteAll()
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles().Where(file => IsName(file.Name) || BrokenOff().IsMatch(file.Name)).ToList())
            file.Delete();
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    /// <summary>What is older than a day: uploads that broke off, and those of which somebody else must say whether they are used.</summary>
    public IReadOnlyList<string> Old()
    {
        if (!Directory.Exists(folder))
            return [];
        var before = clock.GetUtcNow().UtcDateTime - KeptUnused;
        var old = new DirectoryInfo(folder).EnumerateFiles().Where(file => file.LastWriteTimeUtc < before).ToList();
        foreach (var broken in old.Where(file => BrokenOff().IsMatch(file.Name)))
            broken.Delete();
        return [.. old.Select(file => file.Name).Where(IsName)];
    }

    private static async Task<(long Length, string Hash, string? Refused)> CopyAsync(
        Stream body, string path, bool isVideo, long most, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            var head = new byte[12];
            long length = 0;
            for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0; length += read)
            {
                if (length + read > most)
                    return (length, "", RefusalCodes.TooLarge);
                if (length < head.Length)
                    buffer.AsSpan(0, Math.Min(read, head.Length - (int)length)).CopyTo(head.AsSpan((int)length));
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return LooksRight(head, isVideo) ? (length, Convert.ToHexStringLower(hash.GetHashAndReset()), null) : (length, "", RefusalCodes.NotAFile);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>By the first bytes: nothing else may stand under these names on the shop's own address.</summary>
    private static bool LooksRight(ReadOnlySpan<byte> head, bool isVideo) =>
        isVideo ? head[4..8].SequenceEqual("ftyp"u8) : head[0] == 0xFF && head[1] == 0xD8 && head[2] == 0xFF;

    [GeneratedRegex(@"\A[0-9a-f]{64}\.(mp4|jpg)\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[0-9a-f]{32}\.partial\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex BrokenOff();
}
