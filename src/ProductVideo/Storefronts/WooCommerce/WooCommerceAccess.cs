using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>
/// Asks the shop whether the user may do what the work needs. The plugin's own guard, which asks WordPress, is believed first; where it does
/// not answer, the capabilities of the user are.
/// </summary>
internal sealed class WooCommerceAccess(WooCommerceOptions options, WooCommerceApi api)
{
    /// <summary>The first version of the plugin with all routes that are called.</summary>
    private static readonly Version Oldest = new(0, 1, 0);

    /// <inheritdoc cref="ICheckAccess.CheckAccessAsync"/>
    public async Task<IReadOnlyList<AccessCheck>> CheckAsync(CancellationToken cancellationToken)
    {
        var products = await AskAsync("wc/v3/products?orderby=id&order=asc&per_page=1&_fields=id", cancellationToken);
        var plugin = await AskAsync(WooCommerceApi.Companion + "/status", cancellationToken);
        // Some shops hide their users, even from themselves.
        var user = await api.AskAsync(HttpMethod.Get, "wp/v2/users/me?context=edit&_fields=capabilities", cancellationToken);
        var may = SnakeJson.Read<WooUser>(user.Body)?.Capabilities ?? [];
        // The plugin's guard lets nobody in who may not upload.
        var upload = plugin.IsSuccess || may.GetValueOrDefault("upload_files");
        var told = plugin.IsSuccess ? WooCommerceApi.Read<WooPlugin>(plugin) : null;
        var edit = told?.EditsAllProducts ?? may.GetValueOrDefault("edit_others_products");
        var delete = told?.DeletesUploads ?? may.GetValueOrDefault("delete_posts");
        return
        [
            new("Read products", Products(products)),
            new("Edit products", edit ? null : ShopManager("edit all products")),
            new("Upload files", upload ? null : ShopManager("upload files")),
            new("Delete what it uploaded", delete ? null : ShopManager("delete what it uploaded, and so not take a video off again")),
            Plugin(plugin),
        ];
    }

    /// <summary>A refusal of WordPress's own that a right would end is an answer; all else is thrown.</summary>
    private async Task<WooAnswer> AskAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await api.AskAsync(HttpMethod.Get, path, cancellationToken);
        return answer.IsSuccess || (answer.Status is 403 or 404 && answer.Code.Length > 0) ? answer : throw WooCommerceFaults.Of(answer);
    }

    private string? Products(WooAnswer answer) => answer switch
    {
        { IsSuccess: true } => null,
        { Status: 403 } => ShopManager("read products"),
        _ => "Switch WooCommerce on in WordPress under Plugins.",
    };

    private AccessCheck Plugin(WooAnswer answer)
    {
        const string right = "Show videos on listings, by the ProductVideo plugin";
        if (answer.Status == 404)
            return new(right, "Put the folder plugin-manifest/woocommerce/productvideo into wp-content/plugins of WordPress, and switch ProductVideo on under Plugins.");
        if (!answer.IsSuccess)
            return new(right, ShopManager("edit products and upload files"));
        var version = WooCommerceApi.Read<WooPlugin>(answer).Version;
        return Version.TryParse(version, out var there) && there >= Oldest
            ? new($"{right} {version}")
            : new($"{right} {version}", $"The plugin is older than {Oldest}. Put the newer folder plugin-manifest/woocommerce/productvideo in its place.");
    }

    private string ShopManager(string what) => $"The WordPress user {options.User} may not {what}. Give it the role Shop manager under Users, or write another user's application password here.";
}
