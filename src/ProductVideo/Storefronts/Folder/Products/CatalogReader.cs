using System.Text;

namespace ProductVideo.Storefronts.Folder.Products;

/// <summary>Reads the folder's files, each again only when its length or time has changed.</summary>
internal sealed class CatalogReader(string root, TimeProvider clock) : IDisposable
{
    private const long MostCsvBytes = 64 << 20;
    private const long MostJsonBytes = 4 << 20;
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SemaphoreSlim _oneReads = new(1, 1);
    private Dictionary<string, Known> _files = new(StringComparer.Ordinal);
    private (ShopFile Shop, IReadOnlyList<FolderProblem> Problems, FileStamp? Stamp)? _shop;
    private FolderCatalog? _catalog;

    public async Task<FolderCatalog> ReadAsync(CancellationToken cancellationToken)
    {
        await _oneReads.WaitAsync(cancellationToken);
        try
        {
            var changed = await ReadShopAsync(cancellationToken);
            var files = new Dictionary<string, Known>(StringComparer.Ordinal);
            foreach (var path in Sources())
            {
                if (FileStamp.Of(path) is not { } stamp)
                    continue;
                var known = _files.GetValueOrDefault(path);
                if (known?.Stamp != stamp)
                {
                    changed = true;
                    FileStamp? kept = stamp.IsSettled(clock.GetUtcNow()) ? stamp : null;
                    known = new(kept, await ParseAsync(path, stamp, cancellationToken));
                }

                files[path] = known;
            }

            if (_catalog is null || changed || files.Count != _files.Count)
                _catalog = FolderCatalog.Of(_shop!.Value.Shop, _shop.Value.Problems, [.. files.Values.Select(f => f.Source)]);
            _files = files;
            return _catalog;
        }
        finally
        {
            _oneReads.Release();
        }
    }

    public void Dispose() => _oneReads.Dispose();

    /// <summary>The CSV first, then the JSON files in ordinal order, so that the same folder always reads the same.</summary>
    private IEnumerable<string> Sources()
    {
        if (!Directory.Exists(root))
            throw new DirectoryNotFoundException($"The folder {root} is gone.");
        yield return Path.Combine(root, ProductsCsv.FileName);
        var products = Path.Combine(root, "products");
        if (!Directory.Exists(products))
            yield break;
        foreach (var path in Directory.EnumerateFiles(products, "*.json").Order(StringComparer.Ordinal))
            yield return path;
    }

    /// <returns>Whether it changed.</returns>
    private async Task<bool> ReadShopAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(root, ShopFile.FileName);
        var stamp = FileStamp.Of(path);
        if (_shop is { } known && (stamp is null ? known is { Stamp: null, Problems.Count: 0 } && known.Shop == ShopFile.Empty : known.Stamp == stamp))
            return false;

        _shop = stamp is { } found
            ? await ParseShopAsync(path, found, cancellationToken)
            : (ShopFile.Empty, [], null);
        return true;
    }

    private async Task<(ShopFile Shop, IReadOnlyList<FolderProblem> Problems, FileStamp? Stamp)> ParseShopAsync(
        string path, FileStamp stamp, CancellationToken cancellationToken)
    {
        FileStamp? kept = stamp.IsSettled(clock.GetUtcNow()) ? stamp : null;
        var (text, mistake) = await TextAsync(path, stamp, MostJsonBytes, cancellationToken);
        if (text is null)
            return (ShopFile.Empty, [new(ShopFile.FileName, null, null, null, mistake!)], kept);
        var (shop, problems) = ShopFile.Parse(text);
        return (shop, problems, kept);
    }

    private async Task<FolderSource> ParseAsync(string path, FileStamp stamp, CancellationToken cancellationToken)
    {
        var file = Path.GetRelativePath(root, path).Replace('\\', '/');
        var isCsv = file == ProductsCsv.FileName;
        var (text, mistake) = await TextAsync(path, stamp, isCsv ? MostCsvBytes : MostJsonBytes, cancellationToken);
        if (text is null)
            return FolderSource.Unreadable(file, mistake!);
        return isCsv ? ProductsCsv.Parse(text) : ProductJson.Parse(text, file);
    }

    private static async Task<(string? Text, string? Mistake)> TextAsync(
        string path, FileStamp stamp, long mostBytes, CancellationToken cancellationToken)
    {
        if (stamp.Length > mostBytes)
            return (null, "The file is too big to be read whole; split it into several products/*.json.");
        try
        {
            using var reader = new StreamReader(path, _strict, detectEncodingFromByteOrderMarks: true);
            return (await reader.ReadToEndAsync(cancellationToken), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, "The file isn't UTF-8, so letters such as “ä” can't be read; save it as “CSV UTF-8” or as UTF-8 text.");
        }
    }

    /// <param name="Stamp">Null where the file was too fresh to be trusted without another look.</param>
    /// <param name="Source">What it held.</param>
    private sealed record Known(FileStamp? Stamp, FolderSource Source);
}
