using System.Text.Json;
using System.Text.Json.Serialization;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Shopify;

/// <summary>An answer of the Admin API: <c>data</c>, <c>errors</c> and what it cost stand side by side, with any status.</summary>
internal sealed record ShopifyAnswer(ShopAnswer Answer)
{
    private readonly GraphBody? _body = CamelJson.Read<GraphBody>(Answer.Body);

    public int Status => Answer.Status;

    /// <summary>Of every error that has one.</summary>
    public IReadOnlyList<string> Codes => [.. Errors.Select(error => error.Extensions?.Code).OfType<string>()];

    public IReadOnlyList<GraphError> Errors =>
        _body?.Errors is { ValueKind: JsonValueKind.Array } errors ? CamelJson.Read<List<GraphError>>(errors) ?? [] : [];

    /// <summary>How long until there is room for the request; null where it was not refused for want of room.</summary>
    public TimeSpan? Throttled
    {
        get
        {
            var cost = _body?.Extensions?.Cost;
            var missing = cost is { RequestedQueryCost: { } asked, ThrottleStatus: { } room } ? asked - room.CurrentlyAvailable : 0;
            if (Status != 429 && !Codes.Contains("THROTTLED", StringComparer.Ordinal) && !(Errors.Count > 0 && Codes.Count == 0 && missing > 0))
                return null;
            // One too short to be meant would be asked again at once, many times.
            return Answer.RetryAfter is { TotalSeconds: >= 1 } said ? said : (missing > 0 && cost!.ThrottleStatus!.RestoreRate > 0
                ? TimeSpan.FromSeconds(Math.Min(600, missing / cost.ThrottleStatus.RestoreRate)) : TimeSpan.FromSeconds(2));
        }
    }

    /// <summary>null for a refusal, and for what is no such answer.</summary>
    public T? Data<T>() where T : class
    {
        return !Answer.IsSuccess || Errors.Count > 0 || _body?.Data is not { ValueKind: JsonValueKind.Object } data ? null : CamelJson.Read<T>(data);
    }

    private sealed record GraphBody(JsonElement? Data, JsonElement? Errors, GraphExtensions? Extensions);

    private sealed record GraphExtensions(GraphCost? Cost);

    private sealed record GraphCost(double? RequestedQueryCost, ThrottleStatus? ThrottleStatus);

    private sealed record ThrottleStatus(double CurrentlyAvailable, double RestoreRate);
}

internal sealed record GraphError(string? Message, GraphErrorKind? Extensions);

internal sealed record GraphErrorKind(string? Code);

/// <param name="Message">Shopify's words.</param>
/// <param name="Code">null where the mutation gives none.</param>
internal sealed record UserError(string? Message, string? Code);

/// <summary>A connection: some of what there is.</summary>
internal sealed record Listing<T>(IReadOnlyList<T> Nodes, PageInfo? PageInfo = null);

internal sealed record PageInfo(bool HasNextPage, string? EndCursor);

internal sealed record ProductList(Listing<ShopifyProduct> Products);

internal sealed record OneProduct(ShopifyProduct? Product);

internal sealed record ShopifyProduct(
    string Id, string Title, string? DescriptionHtml, string? Vendor, string? ProductType, ShopifyCategory? Category, IReadOnlyList<string>? Tags, string Status,
    string? OnlineStoreUrl, ShopifyPrices? PriceRangeV2, IReadOnlyList<ShopifyOption>? Options, Listing<ShopifyMedia>? Media, Listing<ShopifyVariant>? Variants)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Handle { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Listing<ShopifyCollection>? Collections { get; init; }

    /// <summary>Whether Shopify counts pieces of a variant at least.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? TracksInventory { get; init; }

    /// <summary>Of all variants that are counted; below nothing where more was sold than there was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TotalInventory { get; init; }
}

internal sealed record ShopifyCollection(string Title);

internal sealed record ShopifyCategory(string FullName);

internal sealed record ShopifyPrices(ShopifyMoney MinVariantPrice);

internal sealed record ShopifyMoney(string Amount, string CurrencyCode);

internal sealed record ShopifyOption(string Name, IReadOnlyList<string> Values);

internal sealed record ShopifyMedia(string Id, string? Alt, ShopifyImage? Image, string? Filename);

internal sealed record ShopifyImage(string Url);

internal sealed record ShopifyVariant(string Id, string? Sku, string? Price, IReadOnlyList<ShopifySelected>? SelectedOptions, Listing<ShopifyMedia>? Media);

internal sealed record ShopifySelected(string Name, string Value);

internal sealed record FileList(Listing<ShopifyVideo> Files);

internal sealed record WatchedVideo(ShopifyVideo? Node);

/// <summary>A video among the shop's files; the other kinds have no name.</summary>
internal sealed record ShopifyVideo(
    string? Id, string? Filename, DateTimeOffset CreatedAt, string? FileStatus, IReadOnlyList<UserError>? FileErrors, IReadOnlyList<ShopifySource>? Sources)
{
    /// <summary>The largest MP4 that Shopify serves; null until it has made some.</summary>
    public string? Url => Sources?.Where(source => source.MimeType == "video/mp4").MaxBy(source => source.Height)?.Url;
}

internal sealed record ShopifySource(string Url, string? MimeType, int Height);

internal sealed record Staged(StagedUploads? StagedUploadsCreate);

internal sealed record StagedUploads(IReadOnlyList<StagedTarget>? StagedTargets, IReadOnlyList<UserError> UserErrors);

/// <param name="Url">Where the file goes.</param>
/// <param name="ResourceUrl">What it is called afterwards.</param>
/// <param name="Parameters">Sent before the file, all of them and in this order.</param>
internal sealed record StagedTarget(string Url, string ResourceUrl, IReadOnlyList<StagedParameter> Parameters);

internal sealed record StagedParameter(string Name, string Value);

internal sealed record Created(FileWrite? FileCreate);

internal sealed record Linked(FileWrite? FileUpdate);

internal sealed record FileWrite(IReadOnlyList<ShopifyVideo>? Files, IReadOnlyList<UserError> UserErrors);

internal sealed record Deleted(FileDeletion? FileDelete);

internal sealed record FileDeletion(IReadOnlyList<UserError> UserErrors);

internal sealed record Moved(MediaMove? ProductReorderMedia);

internal sealed record MediaMove(IReadOnlyList<UserError> MediaUserErrors);

internal sealed record Installation(InstalledApp CurrentAppInstallation);

internal sealed record InstalledApp(IReadOnlyList<AccessScope> AccessScopes);

internal sealed record AccessScope(string Handle);

/// <summary>An answer of the token endpoint.</summary>
internal sealed record ShopifyGrant(string? AccessToken, long? ExpiresIn, string? RefreshToken);
