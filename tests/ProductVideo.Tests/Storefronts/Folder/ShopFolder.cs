using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Catalog;
using ProductVideo.Storefronts.Folder;

namespace ProductVideo.Tests.Storefronts.Folder;

/// <summary>A small shop in a folder of its own, gone with the test.</summary>
internal sealed class ShopFolder : IDisposable
{
    public const string Csv = """
        Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Compare At Price,Image Src,Image Position,Image Alt Text,Variant Image,Status,Material (product.metafields.custom.material),Collection,Variant Inventory Qty,Sold
        stoneware-mug,Stoneware mug,"<p>Thrown by hand, 300 ml.</p>",Tonwerk,Mugs,"mug, kitchen",TRUE,Color,Sage,MUG-S,24.00,30.00,images/mug-1.png,1,The mug from the front,images/mug-1.png,active,Stoneware,Kitchen,4,42
        stoneware-mug,,,,,,,,Chalk,MUG-C,24.00,,images/mug-2.png,2,,images/mug-2.png,,,Gifts,3,
        tea-tin,Tea tin,"<p>Keeps tea dry.</p>",Tonwerk,Tins,,TRUE,Title,Default Title,TIN,18.50,,images/tin.png,1,A tin,,active,,,,
        sketch,Sketch of a bowl,,Tonwerk,Bowls,,TRUE,,,BOWL,9.00,,images/tin.png,1,,,draft,,,,

        """;

    private readonly string _root = Directory.CreateTempSubdirectory("folder-shop-").FullName;
    private readonly List<FolderStorefront> _open = [];

    public ShopFolder(string csv = Csv)
    {
        Write("products.csv", csv);
        Write("shop.json", """{ "name": "Tonwerk", "currency": "EUR", "locale": "en", "brand": { "color": "#2f5d50" } }""");
        foreach (var (i, name) in new[] { "mug-1", "mug-2", "tin" }.Index())
            Write($"images/{name}.png", [0x89, 0x50, 0x4E, 0x47, (byte)i]);
    }

    public string Path => System.IO.Path.Combine(_root, "shop");

    public string StatePath => System.IO.Path.Combine(_root, "state");

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    public FolderOptions Options => new() { Shop = "sample", Path = Path, StatePath = StatePath };

    public FolderStorefront Open()
    {
        var storefront = new FolderStorefront(Options, Clock, NullLogger<FolderStorefront>.Instance);
        _open.Add(storefront);
        return storefront;
    }

    public string Write(string file, string text) => Write(file, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string file, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Text(string file) => File.ReadAllText(System.IO.Path.Combine(Path, file));

    public void Remove(string file) => File.Delete(System.IO.Path.Combine(Path, file));

    /// <summary>Every file below the folder with its bytes, to compare.</summary>
    public static string Everything(string folder) => !Directory.Exists(folder) ? "" : string.Join('\n', Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => !f.Contains(".locks", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .Select(f => f + " " + Convert.ToBase64String(File.ReadAllBytes(f))));

    public static ClipToAttach Clip(string key = "mug-5f2c", string content = "a clip", bool withPoster = true)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(content + key);
        var sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        return new(
            key, bytes.Length, sha256, TimeSpan.FromSeconds(8.5), 1080, 1350, "The mug turns once.",
            _ => Task.FromResult<Stream>(new MemoryStream(bytes)), withPoster ? _ => Task.FromResult<Stream>(new MemoryStream([0xFF, 0xD8, 0xFF])) : null);
    }

    public void Dispose()
    {
        _open.ForEach(s => s.Dispose());
        Directory.Delete(_root, recursive: true);
    }
}
