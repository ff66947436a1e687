using System.Text.Json.Serialization;

namespace ProductVideo.Storefronts.Vendure;

/// <summary>What every answer is: data, or what is wrong; often with status 200.</summary>
internal sealed record VendureBody<T>(T? Data, IReadOnlyList<VendureError>? Errors);

internal sealed record VendureError(string? Message, VendureErrorExtensions? Extensions);

/// <param name="Code">For example <c>FORBIDDEN</c>; null for what Vendure did not foresee.</param>
internal sealed record VendureErrorExtensions(string? Code);

internal sealed record VendureLogin(VendureResult? Login);

/// <param name="__typename">Which of a union it is.</param>
/// <param name="ErrorCode">Of a refusal that stands among the data.</param>
internal sealed record VendureResult(string? __typename, string? ErrorCode);

internal sealed record VendureOne(VendureProduct? Product, VendureSettings? GlobalSettings);

internal sealed record VendureMany(VendureItems? Products, VendureSettings? GlobalSettings);

internal sealed record VendureItems(IReadOnlyList<VendureProduct> Items);

internal sealed record VendureLanguages(VendureLanguageSettings? GlobalSettings);

/// <param name="AvailableLanguages">For example <c>en</c> and <c>de_AT</c>.</param>
internal sealed record VendureLanguageSettings(IReadOnlyList<string>? AvailableLanguages);

/// <param name="ServerConfig">Of the server.</param>
/// <param name="TrackInventory">Whether pieces are counted of variants that don't say so themselves.</param>
/// <param name="OutOfStockThreshold">Pieces that are kept back; below nothing where more may be sold than there are.</param>
internal sealed record VendureSettings(VendureServerConfig? ServerConfig, bool TrackInventory = false, int OutOfStockThreshold = 0);

/// <param name="MoneyStrategyPrecision">Decimal places of the whole numbers in which prices come.</param>
internal sealed record VendureServerConfig(int MoneyStrategyPrecision);

internal sealed record VendureProduct(
    string Id, string? Name, string? Slug, string? Description, bool Enabled, VendureAsset? FeaturedAsset, IReadOnlyList<VendureAsset>? Assets,
    IReadOnlyList<VendureFacetValue>? FacetValues, IReadOnlyList<VendureVariant>? Variants)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<VendureCollection>? Collections { get; init; }
}

internal sealed record VendureCollection(string? Name);

/// <param name="Id">Of the asset.</param>
/// <param name="Type"><c>IMAGE</c>, <c>VIDEO</c> or <c>BINARY</c>.</param>
/// <param name="Source">Where its bytes are; absolute unless the shop's asset server is set up otherwise.</param>
internal sealed record VendureAsset(string Id, string? Type, string? Source);

internal sealed record VendureFacetValue(string? Name, VendureFacet? Facet);

internal sealed record VendureFacet(string? Code, string? Name);

internal sealed record VendureVariant(string Id, long? PriceWithTax, string? CurrencyCode, VendureAsset? FeaturedAsset, IReadOnlyList<VendureOption>? Options)
{
    /// <summary>Whether shoppers see it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Enabled { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sku { get; init; }

    /// <summary><c>TRUE</c>, <c>FALSE</c>, or <c>INHERIT</c> for what the settings say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TrackInventory { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? UseGlobalOutOfStockThreshold { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? OutOfStockThreshold { get; init; }

    /// <summary>By place.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<VendureStock>? StockLevels { get; init; }
}

/// <param name="StockOnHand">Pieces that lie there.</param>
/// <param name="StockAllocated">Those of them that are sold and not yet sent.</param>
internal sealed record VendureStock(int StockOnHand, int StockAllocated);

internal sealed record VendureOption(string? Name, VendureOptionGroup? Group);

internal sealed record VendureOptionGroup(string? Name);

/// <summary>What the plugin says of the shop.</summary>
internal sealed record VendureShopAnswer(VendureShop? ProductVideoShop);

/// <param name="UploadMaxFileSize">Bytes.</param>
/// <param name="TakesVideo">Whether the shop lets MP4 in.</param>
/// <param name="MayAttach">Whether we may.</param>
/// <param name="TellsOfChanges">Whether the plugin has a secret to sign with, and a connection.</param>
internal sealed record VendureShop(double UploadMaxFileSize, bool TakesVideo, bool MayAttach, bool TellsOfChanges);

internal sealed record VendureLook(VendureProduct? Product, IReadOnlyList<VendureVideo>? ProductVideos, VendureShop? ProductVideoShop);

internal sealed record VendureVideo(string Key, string AssetId, string? Url);

internal sealed record VendureAttached(VendureAttachResult? AttachProductVideo);

internal sealed record VendureAttachResult(string? __typename, string? ErrorCode, bool WasThere, VendureVideo? Video);

internal sealed record VendureDetached(bool DetachProductVideo);

/// <summary>News of changed products.</summary>
internal sealed record VendureNews(string? Type, VendureNewsData? Data);

internal sealed record VendureNewsData(IReadOnlyList<string>? Ids);
