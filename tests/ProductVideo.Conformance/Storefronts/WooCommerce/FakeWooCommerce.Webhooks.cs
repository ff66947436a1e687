using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ProductVideo.Conformance.Storefronts.WooCommerce;

/// <content>Its webhooks. As in a real one, the list takes an offset and does not mind it, and no secret is ever shown.</content>
public sealed partial class FakeWooCommerce
{
    private readonly SortedDictionary<long, (JsonObject Shown, string Secret)> _webhooks = [];

    /// <summary>As the merchant sees them, the oldest first.</summary>
    public IReadOnlyList<FakeWebhook> Webhooks => [.. _webhooks.Values.Select(one => new FakeWebhook(
        (long)one.Shown["id"]!, (string)one.Shown["name"]!, (string)one.Shown["topic"]!, (string)one.Shown["delivery_url"]!, (string)one.Shown["status"]!, one.Secret))];

    /// <summary>Whether the user may see and make webhooks, which a shop manager may.</summary>
    public bool MayManage { get; set; } = true;

    /// <summary>The merchant makes one.</summary>
    public long AddWebhook(string topic, Uri deliveryAddress, string secret, string name = "Webhook of the merchant")
    {
        lock (_lock)
        {
            var shown = Recorded.Body("webhook-create");
            shown["id"] = ++_ids;
            (shown["name"], shown["topic"], shown["delivery_url"]) = (name, topic, deliveryAddress.AbsoluteUri);
            (shown["resource"], shown["event"]) = (topic.Split('.')[0], topic.Split('.')[1]);
            _webhooks[_ids] = (shown, secret);
            return _ids;
        }
    }

    /// <summary>As WooCommerce does after failures, with <c>disabled</c>, or the merchant, with <c>paused</c>.</summary>
    public void SwitchWebhooks(string status, string? topic = null)
    {
        lock (_lock)
        {
            foreach (var (shown, _) in _webhooks.Values.Where(one => topic is null || (string)one.Shown["topic"]! == topic))
                shown["status"] = status;
        }
    }

    private void MapWebhooks(WebApplication app)
    {
        app.MapGet("/wp-json/wc/v3/webhooks", (string? orderby, string? order, string? _fields, int per_page = 10, int page = 1) => Manage(() =>
            per_page is < 1 or > 100 || orderby != "id" || order != "asc" ? Refuse(400, "rest_invalid_param", "Invalid parameter(s): per_page")
            : Results.Json(new JsonArray([.. _webhooks.Values.Skip((page - 1) * per_page).Take(per_page).Select(one => Pick(one.Shown.DeepClone().AsObject(), _fields))]))));
        app.MapPost("/wp-json/wc/v3/webhooks", async (HttpContext http) =>
        {
            var body = (await http.Request.ReadFromJsonAsync<JsonObject>())!;
            return Manage(() => Results.Json(
                _webhooks[AddWebhook((string)body["topic"]!, new Uri((string)body["delivery_url"]!), (string)body["secret"]!, (string)body["name"]!)].Shown.DeepClone(), statusCode: 201));
        });
        app.MapPut("/wp-json/wc/v3/webhooks/{id:long}", async (HttpContext http, long id) =>
        {
            var body = (await http.Request.ReadFromJsonAsync<JsonObject>())!;
            return Manage(() => Update(id, body));
        });
        app.MapDelete("/wp-json/wc/v3/webhooks/{id:long}", (long id, bool force = false) => Manage(() =>
            !force ? Refuse(501, "woocommerce_rest_trash_not_supported", "Webhooks do not support trashing.")
            : _webhooks.Remove(id, out var gone) ? Results.Json(gone.Shown) : Refuse(404, "woocommerce_rest_shop_webhook_invalid_id", "Invalid ID.")));
    }

    private IResult Update(long id, JsonObject body)
    {
        if (!_webhooks.TryGetValue(id, out var there))
            return Refuse(400, "woocommerce_rest_shop_webhook_invalid_id", "ID is invalid.");
        foreach (var name in new[] { "name", "status" }.Where(body.ContainsKey))
            there.Shown[name] = body[name]!.DeepClone();
        _webhooks[id] = (there.Shown, (string?)body["secret"] ?? there.Secret);
        return Results.Json(there.Shown.DeepClone());
    }

    private IResult Manage(Func<IResult> answer)
    {
        lock (_lock)
            return MayManage ? answer() : Refuse(403, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.");
    }
}

/// <param name="Id">Ascending.</param>
/// <param name="Name">As the merchant reads it.</param>
/// <param name="Topic">For example <c>product.updated</c>.</param>
/// <param name="DeliveryUrl">Where it goes.</param>
/// <param name="Status"><c>active</c>, <c>paused</c> or <c>disabled</c>.</param>
/// <param name="Secret">What it signs with.</param>
public sealed record FakeWebhook(long Id, string Name, string Topic, string DeliveryUrl, string Status, string Secret);
