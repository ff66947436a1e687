using System.Globalization;
using NetVips;
using ProductVideo.Catalog;
using ProductVideo.Spending;

namespace ProductVideo.Benchmarks.Catalogs;

/// <summary>A shop of as many products as wanted, each made from its number when it is asked for: nothing of it is in memory.</summary>
/// <param name="products">How many.</param>
/// <param name="edition">Another one, and the text of every tenth product is another one too.</param>
internal sealed class GeneratedShop(int products, int edition = 0) : IStorefront, IHoldImages
{
    public const string Key = "generated";

    private static readonly string[] Types = ["Mugs", "Vases", "Soaps", "Candles", "Throws", "Clocks", "Boards", "Pots"];
    private static readonly string[] Colours = ["sage", "chalk", "rust", "ink", "sand", "plum"];
    private static readonly string[] Collections = ["Kitchen", "Bath", "Living", "Gifts", "Sale"];
    private readonly Lazy<byte[]> _picture = new(Picture);

    public string Shop => Key;

    public string DisplayName => "Generated shop";

    public StorefrontCapabilities Capabilities { get; } = new() { Tells = ListedFacts.Collections | ListedFacts.Stock | ListedFacts.Sold };

    /// <summary>Text ids in an order of their own, as shops' SKUs and handles are: not the order in which products were made.</summary>
    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{(uint)(number * 2_654_435_761u):x8}-{number}");

    public ListedProduct Product(int number) => new()
    {
        Ref = new ProductRef(Key, IdOf(number)),
        Title = string.Create(CultureInfo.InvariantCulture, $"{Colours[number % Colours.Length]} {Types[number % Types.Length]} no. {number}"),
        DescriptionHtml = "<p>Made by hand, fired twice.</p>",
        Vendor = string.Create(CultureInfo.InvariantCulture, $"Maker {number % 97}"),
        ProductType = Types[number % Types.Length],
        Tags = [Colours[number % Colours.Length], number % 3 == 0 ? "new" : "classic"],
        Collections = [Collections[number % Collections.Length]],
        Price = new Money(5 + (number % 200), "EUR"),
        Stock = number % 50,
        Sold = number * 7919L % 10_000,
        Images = [.. Enumerable.Range(1, 1 + (number % 4)).Select(i => new ListedImage($"{i}", new ImageSource.Held($"{number}"), AltText: null))],
        Version = string.Create(CultureInfo.InvariantCulture, $"{(number % 10 == 0 ? edition : 0)}-{number}"),
    };

    public Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken) =>
        Task.FromResult<ListedProduct?>(Product(int.Parse(productId.Split('-')[1], CultureInfo.InvariantCulture)));

    public Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        var from = int.Parse(query.Cursor ?? "0", CultureInfo.InvariantCulture);
        var count = Math.Min(query.Take, products - from);
        var next = from + count < products ? (from + count).ToString(CultureInfo.InvariantCulture) : null;
        return Task.FromResult(new ProductPage([.. Enumerable.Range(from, count).Select(Product)], next));
    }

    /// <summary>The same photograph with the product's number at its end, so that none is another's.</summary>
    public Task<Stream> OpenImageAsync(ImageSource.Held image, CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new MemoryStream([.. _picture.Value, .. System.Text.Encoding.ASCII.GetBytes(image.Key)], writable: false));

    public Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Nothing is attached here.");

    public Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken) => Task.CompletedTask;

    private static byte[] Picture()
    {
        using var noise = Image.Perlin(640, 640, cellSize: 64);
        using var grey = noise.Linear([80], [128]).Cast(Enums.BandFormat.Uchar);
        using var colour = grey.Bandjoin(grey.Invert(), grey).Copy(interpretation: Enums.Interpretation.Srgb);
        return colour.JpegsaveBuffer();
    }
}
