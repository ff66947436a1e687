using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ProductVideo.Conformance.Storefronts.WooCommerce;

/// <content>What its user may do, and how the shop says so.</content>
public sealed partial class FakeWooCommerce
{
    /// <summary>Whether WooCommerce is switched on.</summary>
    public bool HasCommerce { get; set; } = true;

    public bool MayRead { get; set; } = true;

    public bool MayEdit { get; set; } = true;

    public bool MayUpload { get; set; } = true;

    /// <summary>Whether the user may delete what it uploaded.</summary>
    public bool MayDelete { get; set; } = true;

    /// <summary>Whether a security plugin hides who is signed in.</summary>
    public bool HidesUsers { get; set; }

    /// <summary>Of the companion plugin.</summary>
    public string CompanionVersion { get; set; } = "0.1.0";

    /// <summary>Where a user lets programs in, as the shop tells everybody; null where it offers no such page.</summary>
    public string? AuthorisePage { get; set; }

    private void MapAccess(WebApplication app)
    {
        app.MapGet("/wp-json/", () => Results.Json(new JsonObject
        {
            ["authentication"] = AuthorisePage is null ? new JsonArray()
                : new JsonObject { ["application-passwords"] = new JsonObject { ["endpoints"] = new JsonObject { ["authorization"] = AuthorisePage } } },
        }));
        app.MapGet("/wp-json/wp/v2/users/me", () => HidesUsers ? Refuse(404, "rest_no_route", "No route was found matching the URL and request method.")
            : Results.Json(new JsonObject
            {
                ["capabilities"] = new JsonObject { ["read"] = true, ["edit_others_products"] = MayEdit, ["upload_files"] = MayUpload, ["delete_posts"] = MayDelete },
            }));
        app.MapGet("/wp-json/productvideo/v1/status", () => !HasCompanion ? Refuse(404, "rest_no_route", "No route was found matching the URL and request method.")
            : !MayUpload ? Refuse(403, "productvideo_forbidden", "Sign in as a user who may edit products and upload files.")
            : Results.Json(new { version = CompanionVersion, wordpress = "7.1", woocommerce = "11.0.1", edits_all_products = MayEdit, deletes_uploads = MayDelete }));
    }

    private IResult? Refusal(string path) =>
        !path.StartsWith("/wp-json/wc/v3/products", StringComparison.Ordinal) ? null
        : !HasCommerce ? Refuse(404, "rest_no_route", "No route was found matching the URL and request method.")
        : !MayRead ? Refuse(403, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.") : null;
}
