using System.Globalization;
using System.Security.Cryptography;

namespace ProductVideo.Bridge;

/// <summary>What the ProductVideo service asks of the shop, below <see cref="Root"/>. The routes are described in the plugin's README.</summary>
public sealed class BridgeRoutes(IShopCatalogue catalogue, ClipsOnProducts clips, ClipFiles files, IShopFacts facts, BridgeGate gate)
{
    public const string Root = "/productvideo/bridge/v1/";

    /// <summary>Of the plugin.</summary>
    public const string Version = "0.1.1";

    private const int MostProducts = 100;
    private const int MaxJson = 64 * 1024;

    public async Task<BridgeAnswer> AnswerAsync(BridgeRequest request, CancellationToken cancellationToken)
    {
        var connection = await facts.ConnectionAsync(cancellationToken);
        if (!gate.LetsIn(request, connection.Secret))
            return BridgeAnswer.Refused(401, RefusalCodes.NotSigned, "The request is not signed with this shop's secret, is too old, or came before.");
        return (request.Method, request.Path.Split('/')) switch
        {
            ("GET", ["status"]) => await StatusAsync(connection, cancellationToken),
            ("GET", ["products"]) => await ListAsync(request, cancellationToken),
            ("GET", ["products", var id]) => await OnProductAsync(id, product => Task.FromResult(BridgeAnswer.Ok(product)), cancellationToken),
            ("GET", ["products", var id, "videos"]) => await OnProductAsync(id, product => VideosAsync(product, cancellationToken), cancellationToken),
            ("PUT", ["products", var id, "videos", var key]) when ClipsOnProducts.IsKey(key) =>
                await OnProductAsync(id, product => AttachAsync(product, key, request, cancellationToken), cancellationToken),
            ("DELETE", ["products", var id, "videos", var key]) when Id(id) is { } product && ClipsOnProducts.IsKey(key) =>
                BridgeAnswer.Ok(new RemovedView(await clips.DetachAsync(product, key, cancellationToken))),
            ("GET", ["pictures", var id]) => await PictureAsync(id, cancellationToken),
            ("GET", ["files", var name]) => clips.FindFile(name) is { } file ? BridgeAnswer.Ok(file)
                : BridgeAnswer.Refused(404, RefusalCodes.UnknownFile, "No such file is stored."),
            ("PUT", ["files", "video" or "poster"]) => await StoreAsync(request, connection, cancellationToken),
            _ => BridgeAnswer.Refused(404, RefusalCodes.NoRoute, "The bridge has no such route."),
        };
    }

    private async Task<BridgeAnswer> StatusAsync(BridgeConnection connection, CancellationToken cancellationToken)
    {
        var (version, name) = await facts.DescribeAsync(cancellationToken);
        return BridgeAnswer.Ok(new StatusView(Version, version, name, files.CanStore(), connection.IsConnected, connection.MaxClipBytes));
    }

    private async Task<BridgeAnswer> ListAsync(BridgeRequest request, CancellationToken cancellationToken)
    {
        var (after, take, since) = (request.Query("after") ?? "0", request.Query("take") ?? "50", request.Query("changed_since"));
        DateTimeOffset changed = default;
        if (!int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            || !int.TryParse(take, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size is < 1 or > MostProducts
            || (since is not null && !DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out changed)))
        {
            return BridgeAnswer.Refused(400, RefusalCodes.Invalid, "after is an id, take is 1 to 100, and changed_since is a time of ISO 8601.");
        }

        var found = await catalogue.ListAsync(new(from, size + 1, since is null ? null : changed.UtcDateTime, request.Query("search")), cancellationToken);
        var page = found.Take(size).ToList();
        return BridgeAnswer.Ok(new ProductPageView(page, found.Count > size ? page[^1].Id : null));
    }

    private async Task<BridgeAnswer> OnProductAsync(string id, Func<ProductView, Task<BridgeAnswer>> answer, CancellationToken cancellationToken) =>
        Id(id) is { } number && await catalogue.FindAsync(number, cancellationToken) is { } product ? await answer(product)
            : BridgeAnswer.Refused(404, RefusalCodes.UnknownProduct, "There is no such product.");

    private async Task<BridgeAnswer> PictureAsync(string id, CancellationToken cancellationToken) =>
        Id(id) is { } number && await catalogue.PictureAsync(number, cancellationToken) is var (bytes, type) ? new(200, Json: null) { File = bytes, ContentType = type }
            : BridgeAnswer.Refused(404, RefusalCodes.UnknownPicture, "No product has such a picture.");

    private async Task<BridgeAnswer> VideosAsync(ProductView product, CancellationToken cancellationToken)
    {
        var shop = await facts.AddressAsync(cancellationToken);
        return BridgeAnswer.Ok((await clips.OfProductAsync(product.Id, cancellationToken)).Select(row => View(row, product, shop, wasThere: true)).ToList());
    }

    private async Task<BridgeAnswer> AttachAsync(ProductView product, string key, BridgeRequest request, CancellationToken cancellationToken)
    {
        if (await BodyAsync(request, cancellationToken) is not { } bytes)
            return BridgeAnswer.Refused(400, RefusalCodes.ContentDiffers, "The body is not what was signed, or too long.");
        if (BridgeJson.Read<AttachBody>(bytes) is not { Width: > 0 and <= 20_000, Height: > 0 and <= 20_000, Seconds: >= 0 and <= 36_000 } body
            || !ClipFiles.IsVideo(body.File) || (body.Poster is not null && !ClipFiles.IsPoster(body.Poster)))
        {
            return BridgeAnswer.Refused(400, RefusalCodes.Invalid, "file, poster, width, height and seconds must be those of a stored clip.");
        }

        var alt = body.Alt?.Trim() ?? "";
        var (row, wasThere) = await clips.AttachAsync(
            new ClipRow(0, product.Id, key, body.File!, body.Poster, body.Width, body.Height, body.Seconds, alt.Length <= 1000 ? alt : alt[..1000], body.MadeWithAi, default),
            cancellationToken);
        return row is null ? BridgeAnswer.Refused(409, RefusalCodes.UnknownFile, "The clip or its poster is not stored; upload it first.")
            : BridgeAnswer.Ok(View(row, product, await facts.AddressAsync(cancellationToken), wasThere));
    }

    private async Task<BridgeAnswer> StoreAsync(BridgeRequest request, BridgeConnection connection, CancellationToken cancellationToken)
    {
        if (request.Length > connection.MaxClipBytes)
            return TooLarge();
        try
        {
            var (file, refused) = await clips.StoreAsync(
                request.Body, request.Path.EndsWith("video", StringComparison.Ordinal), request.Header(BridgeSignature.ContentHeader)!, connection.MaxClipBytes, cancellationToken);
            return refused switch
            {
                null => BridgeAnswer.Ok(file!),
                RefusalCodes.TooLarge => TooLarge(),
                RefusalCodes.NotAFile => BridgeAnswer.Refused(415, refused, "A clip is an MP4, and a poster a JPEG."),
                _ => BridgeAnswer.Refused(400, refused, "The body is not what was signed."),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !cancellationToken.IsCancellationRequested)
        {
            return BridgeAnswer.Refused(507, RefusalCodes.CannotStore, $"The shop can't write to wwwroot/{ClipFiles.PublicFolder}: {e.GetType().Name}.");
        }
    }

    private static BridgeAnswer TooLarge() => BridgeAnswer.Refused(413, RefusalCodes.TooLarge, "The shop takes no file of this size.");

    /// <summary>A short body, which must be the one that was signed.</summary>
    private static async Task<byte[]?> BodyAsync(BridgeRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (body.Length + read > MaxJson)
                return null;
            body.Write(buffer, 0, read);
        }

        var bytes = body.ToArray();
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == request.Header(BridgeSignature.ContentHeader) ? bytes : null;
    }

    private static VideoView View(ClipRow row, ProductView product, Uri shop, bool wasThere) => new(
        row.Id, row.Key, ClipPage.Address(shop, row.VideoFile), row.PosterFile is null ? null : ClipPage.Address(shop, row.PosterFile), row.Width, row.Height,
        row.Seconds, row.Alt, row.MadeWithAi, product.Url, wasThere);

    private static int? Id(string id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number.ToString(CultureInfo.InvariantCulture) == id ? number : null;
}
