using System.Globalization;
using ProductVideo.Catalog;
using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Storefronts.Shopify;

/// <summary>
/// Brings clips into the shop's files, each once: a file is named after the clip's key, so one whose answer was lost is found again by that
/// name. Shopify converts it afterwards, which may take minutes; a call waits for seconds of that and the next one goes on.
/// </summary>
internal sealed class ShopifyVideos(ShopifyOptions options, ShopifyApi api, ShopExchange exchange, ShopifyQuota quota, TimeProvider clock)
{
    /// <summary>Of alternative text; Shopify takes no more.</summary>
    private const int LongestAlt = 512;

    /// <summary>Shopify has no mark for it of its own.</summary>
    private const string MadeWithAi = " (made with AI)";

    private const int Looks = 4;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    public static string NameOf(string key) => key + ".mp4";

    /// <summary>The clip as a file that Shopify has converted.</summary>
    /// <exception cref="StorefrontException">Shopify refuses it, is still converting it, or can't be reached.</exception>
    public async Task<ShopifyVideo> BringAsync(ClipToAttach clip, CancellationToken cancellationToken) =>
        await ConvertedAsync(await FindAsync(clip.Key, cancellationToken) ?? await CreateAsync(clip, cancellationToken), cancellationToken);

    /// <summary>The file of that id; null where it is gone.</summary>
    public async Task<ShopifyVideo?> WatchAsync(string id, CancellationToken cancellationToken) =>
        (await api.AskAsync<WatchedVideo>("WatchVideo", new { id }, cancellationToken)).Node is { Id: not null } there ? there : null;

    /// <summary>The file of that key; null where there is none.</summary>
    public Task<ShopifyVideo?> FindAsync(string key, CancellationToken cancellationToken) =>
        FindAsync($"filename:\"{NameOf(key)}\" media_type:VIDEO", key, cancellationToken);

    /// <summary>Takes the file away for ever if no product and no page of the shop uses it; fine where it is gone already.</summary>
    /// <returns>Whether it is gone.</returns>
    public async Task<bool> DeleteUnusedAsync(string id, string key, CancellationToken cancellationToken)
    {
        for (var look = 1; !await IsUnusedAsync(id, key, cancellationToken); look++)
        {
            // The search knows of a change a moment after it.
            if (look == Looks)
                return false;
            await Task.Delay(BetweenLooks, clock, cancellationToken);
        }

        await DeleteAsync(id, cancellationToken);
        return true;
    }

    /// <summary>Asked both ways: a search that does not know the word would find the file for either.</summary>
    private async Task<bool> IsUnusedAsync(string id, string key, CancellationToken cancellationToken)
    {
        var number = ShopifyMapping.Id(id);
        return await FindAsync($"id:{number} used_in:none", key, cancellationToken) is not null && await FindAsync($"id:{number} used_in:product", key, cancellationToken) is null;
    }

    private async Task<ShopifyVideo> ConvertedAsync(ShopifyVideo file, CancellationToken cancellationToken)
    {
        for (var look = 1; file.FileStatus is not ("READY" or "FAILED"); look++)
        {
            if (look > Looks)
                throw ShopifyFaults.StillConverting(file.Id!);
            await Task.Delay(BetweenLooks, clock, cancellationToken);
            file = await WatchAsync(file.Id!, cancellationToken) ?? throw ShopifyFaults.StillConverting(file.Id!);
        }

        if (file.FileStatus is "READY")
            return file;
        await DeleteAsync(file.Id!, cancellationToken);
        throw file.FileErrors?.Any(error => error.Code == ShopifyFaults.Quota) is true
            ? await quota.OfAsync(file.FileErrors, "WatchVideo", cancellationToken) : ShopifyFaults.OfConversion(file.FileErrors ?? []);
    }

    private async Task<ShopifyVideo?> FindAsync(string query, string key, CancellationToken cancellationToken) =>
        (await api.AskAsync<FileList>("FindVideos", new { query }, cancellationToken)).Files.Nodes
            .Where(file => file.Id is not null && file.Filename == NameOf(key)).MinBy(file => file.CreatedAt);

    private async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var errors = (await api.AskAsync<Deleted>("DeleteFiles", new { ids = new[] { id } }, cancellationToken)).FileDelete?.UserErrors ?? [];
        if (errors.Count > 0 && errors.Any(error => error.Code is not "FILE_DOES_NOT_EXIST"))
            throw ShopifyFaults.Of(errors, "DeleteFiles");
    }

    private async Task<ShopifyVideo> CreateAsync(ClipToAttach clip, CancellationToken cancellationToken)
    {
        var source = await UploadAsync(clip, cancellationToken);
        var (file, errors) = await CreateAsync(clip, source, "RAISE_ERROR", cancellationToken);
        if (errors.Any(error => error.Code is "INVALID_DUPLICATE_MODE_FOR_TYPE" or "INVALID_DUPLICATE_RESOLUTION_MODE"))
            (file, errors) = await CreateAsync(clip, source, "APPEND_UUID", cancellationToken);
        // Made by another process, or by a call whose answer was lost, and the search did not know of it yet.
        if (errors.Any(error => error.Code is "FILENAME_ALREADY_EXISTS"))
            return await FindAsync(clip.Key, cancellationToken) ?? throw ShopifyFaults.StillConverting(NameOf(clip.Key));
        if (errors.Count > 0)
            throw await quota.OfAsync(errors, "CreateVideo", cancellationToken);
        // There was one already, so this one was given another name: it goes, and the next call finds the first.
        if (file is not null && file.Filename != NameOf(clip.Key))
            await DeleteAsync(file.Id!, cancellationToken);
        return file?.Filename == NameOf(clip.Key) ? file : throw ShopifyFaults.StillConverting(NameOf(clip.Key));
    }

    private async Task<(ShopifyVideo? File, IReadOnlyList<UserError> Errors)> CreateAsync(ClipToAttach clip, string source, string duplicates, CancellationToken cancellationToken)
    {
        var input = new { alt = Alt(clip), contentType = "VIDEO", duplicateResolutionMode = duplicates, filename = NameOf(clip.Key), originalSource = source };
        var created = (await api.AskAsync<Created>("CreateVideo", new { files = new[] { input } }, cancellationToken)).FileCreate;
        return (created?.Files?.FirstOrDefault(file => file.Id is not null), created?.UserErrors ?? []);
    }

    /// <summary>Puts the bytes where Shopify wants them; until the file is made of them, nothing in the shop has changed.</summary>
    /// <returns>What they are called there.</returns>
    private async Task<string> UploadAsync(ClipToAttach clip, CancellationToken cancellationToken)
    {
        var input = new
        {
            resource = "VIDEO", filename = NameOf(clip.Key), mimeType = "video/mp4", fileSize = clip.Length.ToString(CultureInfo.InvariantCulture), httpMethod = "POST",
        };
        var staged = (await api.AskAsync<Staged>("StageVideo", new { input = new[] { input } }, cancellationToken)).StagedUploadsCreate;
        if (staged?.StagedTargets is not [{ ResourceUrl: not null } target, ..] || !WebAddress.TryRead(target.Url, out var address))
            throw await quota.OfAsync(staged?.UserErrors ?? [], "StageVideo", cancellationToken);
        if (address.Scheme != Uri.UriSchemeHttps && !(options.Address is not null && address.IsLoopback))
            throw new StorefrontException(StorefrontFault.Unavailable, ShopWords.NotItsData, "Shopify named an address without encryption for the file.");

        using var form = new MultipartFormDataContent();
        foreach (var parameter in target.Parameters)
            form.Add(FormPart.Field(parameter.Name, parameter.Value));
        var file = FormPart.File("file", NameOf(clip.Key), "video/mp4", await clip.OpenClip(cancellationToken));
        // Without it a store's stream would be sent in pieces of no told length, which the storage does not take.
        file.Headers.ContentLength = clip.Length;
        form.Add(file);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
        var answer = await exchange.UploadAsync(request, cancellationToken);
        return answer.IsSuccess ? target.ResourceUrl : throw ShopifyFaults.OfUpload(answer);
    }

    private static string Alt(ClipToAttach clip)
    {
        var mark = clip.MadeWithAi ? MadeWithAi : "";
        var room = LongestAlt - mark.Length;
        return (clip.AltText.Length <= room ? clip.AltText : clip.AltText[..(room - 1)] + "…") + mark;
    }
}
