namespace ProductVideo.Storefronts.Folder.Products;

/// <summary>A product as the folder's files describe it: sound by itself, its pictures not yet looked at.</summary>
internal sealed record FolderProduct
{
    public required string Handle { get; init; }
    public required string Title { get; init; }
    public string BodyHtml { get; init; } = "";
    public string? Vendor { get; init; }
    public string? ProductType { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public string? Locale { get; init; }
    public bool IsPublished { get; init; } = true;
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<FolderVariant> Variants { get; init; } = [];
    public IReadOnlyList<FolderImage> Images { get; init; } = [];

    public IReadOnlyList<string> Collections { get; init; } = [];

    /// <summary>Pieces, over all variants; null where the files do not count them.</summary>
    public int? Stock { get; init; }

    /// <summary>Pieces sold so far; null where the files do not say.</summary>
    public long? Sold { get; init; }

    /// <summary>Where the product starts.</summary>
    public required FolderPlace Place { get; init; }
}

/// <param name="Id">The SKU, or <c>v1</c>, <c>v2</c> … where there is none.</param>
/// <param name="Options">Option name to value.</param>
/// <param name="Price">In <paramref name="Currency"/>, or in the shop's where that is null.</param>
/// <param name="CompareAt">The price before a reduction.</param>
/// <param name="Currency">ISO 4217, upper case.</param>
/// <param name="ImageSrc">The <see cref="FolderImage.Src"/> that shows it.</param>
internal sealed record FolderVariant(
    string Id, IReadOnlyDictionary<string, string> Options, decimal? Price, decimal? CompareAt, string? Currency, string? ImageSrc)
{
    public string? Sku { get; init; }
}

/// <param name="Src">A path inside the folder, or an http(s) address.</param>
/// <param name="Alt">The shop's words about it.</param>
/// <param name="Place">Where it is named.</param>
internal sealed record FolderImage(string Src, string? Alt, FolderPlace Place)
{
    public bool IsRemote => Field.IsAddress(Src);
}

/// <summary>A spot in one of the folder's files; see <see cref="FolderProblem"/>.</summary>
internal readonly record struct FolderPlace(string File, int? Row, string? Column);

/// <summary>What one file held: the sound products and the problems of the others.</summary>
/// <param name="Products">In the file's order.</param>
/// <param name="Problems">In the file's order.</param>
/// <param name="IsUnreadable">The file as a whole could not be understood, so nobody can say which products it holds.</param>
internal sealed record FolderSource(IReadOnlyList<FolderProduct> Products, IReadOnlyList<FolderProblem> Problems, bool IsUnreadable = false)
{
    public static FolderSource Empty { get; } = new([], []);

    public static FolderSource Unreadable(string file, string text) => new([], [new(file, null, null, null, text)], IsUnreadable: true);
}
