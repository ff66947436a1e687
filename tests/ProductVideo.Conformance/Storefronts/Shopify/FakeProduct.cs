namespace ProductVideo.Conformance.Storefronts.Shopify;

/// <summary>A product of the shop, as its merchant may change it.</summary>
public sealed class FakeProduct
{
    public long Id { get; internal init; }

    public required string Title { get; set; }

    /// <summary>What its page is called.</summary>
    public string Handle => Title.ToLowerInvariant().Replace(' ', '-');

    public string DescriptionHtml { get; set; } = "<p>Stoneware, 350 ml, dishwasher safe.</p>";

    public string Vendor { get; set; } = "Tonwerk";

    public string ProductType { get; set; } = "Mugs";

    public string? Category { get; set; }

    public List<string> Tags { get; } = ["kitchen"];

    /// <summary>Names, in order.</summary>
    public List<string> Collections { get; } = [];

    /// <summary>Null where the shop does not count.</summary>
    public int? Inventory { get; set; }

    public string Status { get; set; } = "ACTIVE";

    public string Price { get; set; } = "11.90";

    /// <summary>By name, in order.</summary>
    public Dictionary<string, string[]> Options { get; } = new(StringComparer.Ordinal);

    public List<FakeVariant> Variants { get; } = [];

    /// <summary>Numbers of pictures and videos, in order.</summary>
    public List<long> Media { get; } = [];

    /// <summary>Which of them were ever videos.</summary>
    internal HashSet<long> VideoIds { get; } = [];

    /// <summary>When anything of it was written last, by whomever.</summary>
    public DateTimeOffset UpdatedAt { get; set; } = DateTimeOffset.UtcNow;

    internal string Gid => $"gid://shopify/Product/{Id}";

    internal bool Holds(string word) =>
        ((string[])[Title, Vendor, ProductType, .. Tags]).Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}

/// <param name="Id">Its number.</param>
/// <param name="Price">For example <c>11.90</c>.</param>
/// <param name="Selected">Option to value.</param>
/// <param name="Picture">Number of the picture that shows it.</param>
public sealed record FakeVariant(long Id, string Price, IReadOnlyDictionary<string, string> Selected, long? Picture = null)
{
    public string? Sku { get; init; }
}

/// <param name="Id">Its number.</param>
/// <param name="FileName">As it is served.</param>
/// <param name="Bytes">All of it.</param>
public sealed record FakePicture(long Id, string FileName, byte[] Bytes)
{
    internal string Gid => $"gid://shopify/MediaImage/{Id}";

    internal FakeNode View(Uri shop) => new("MediaImage")
    {
        ["id"] = Gid, ["alt"] = "", ["mediaContentType"] = "IMAGE",
        ["image"] = new FakeNode("Image") { ["url"] = new Uri(shop, "/cdn/files/" + FileName).AbsoluteUri },
    };
}
