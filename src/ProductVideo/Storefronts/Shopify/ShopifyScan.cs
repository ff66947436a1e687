using System.Runtime.CompilerServices;
using ProductVideo.Catalog;
using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Storefronts.Shopify;

/// <summary>All products in one bulk operation: Shopify works it out by itself and gives a file, which costs the shop's calls nothing.</summary>
internal sealed class ShopifyScan(ShopifyOptions options, ShopifyApi api, SafeDownload downloads, TimeProvider clock)
{
    private const long MostBytes = 8_000_000_000;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BusyWait = TimeSpan.FromMinutes(5);

    public async IAsyncEnumerable<ListedProduct> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var bulk = await StartAsync(cancellationToken);
        while (bulk.Status is "CREATED" or "RUNNING" or "CANCELING")
        {
            await Task.Delay(BetweenLooks, clock, cancellationToken);
            bulk = (await api.AskAsync<WatchedBulk>("WatchBulk", new { id = bulk.Id }, cancellationToken)).BulkOperation ?? throw Failed(bulk);
        }

        if (bulk.Status is not "COMPLETED")
            throw Failed(bulk);
        // A shop without products has no file.
        if (bulk.Url is null)
            yield break;
        await using var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await DownloadAsync(bulk.Url, file, cancellationToken);
        await foreach (var product in new ShopifyLines(file).ProductsAsync(cancellationToken))
            yield return ShopifyMapping.Listed(product, options);
    }

    private async Task<BulkOperation> StartAsync(CancellationToken cancellationToken)
    {
        var run = (await api.AskAsync<BulkStarted>("RunBulk", new { query = ShopifyDocuments.Text(ShopifyDocuments.Bulk) }, cancellationToken)).BulkOperationRunQuery;
        if (run?.UserErrors is { Count: > 0 } errors)
        {
            throw errors.Any(error => error.Code is "OPERATION_IN_PROGRESS" or "LIMIT_REACHED")
                ? new StorefrontException(StorefrontFault.RateLimited, ShopWords.Wait, "As many bulk operations as Shopify allows run in this shop.") { RetryAfter = BusyWait }
                : ShopifyFaults.Of(errors, "RunBulk");
        }

        return run?.BulkOperation ?? throw new StorefrontException(StorefrontFault.Unavailable, ShopWords.NotItsData, "RunBulk gave no operation.");
    }

    private async Task DownloadAsync(string address, Stream file, CancellationToken cancellationToken)
    {
        var policy = new DownloadPolicy
        {
            MaxBytes = MostBytes, Timeout = TimeSpan.FromHours(1), AllowHttp = options.Pictures.AllowHttp, LoopbackAllowed = options.Pictures.LoopbackAllowed,
        };
        try
        {
            await downloads.ToStreamAsync(address, policy, file, cancellationToken);
        }
        catch (DownloadException e)
        {
            throw new StorefrontException(StorefrontFault.Unavailable, ShopWords.Unreachable, e.Message, e);
        }
    }

    private static StorefrontException Failed(BulkOperation bulk) => new(
        bulk.ErrorCode is "ACCESS_DENIED" ? StorefrontFault.Unauthorised : StorefrontFault.Unavailable,
        bulk.ErrorCode is "ACCESS_DENIED" ? "The shop does not let ProductVideo read its products. Add the access scope read_products to the app and accept it in the shop."
            : "Shopify could not list all products in one go. We try again by ourselves.",
        $"{bulk.Id} ended as {bulk.Status} {bulk.ErrorCode}.");
}
