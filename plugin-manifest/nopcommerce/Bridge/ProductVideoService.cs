using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace ProductVideo.Bridge;

/// <summary>Calls the ProductVideo service from the shop's server: the service's key never reaches a browser.</summary>
public sealed class ProductVideoService(IHttpClientFactory clients)
{
    /// <summary>The named client: it follows no redirection and waits for half a minute.</summary>
    public const string Client = "productvideo-service";

    /// <summary>Whether the service answers with this key; null if it does.</summary>
    public async Task<string?> ProblemAsync(BridgeConnection connection, CancellationToken cancellationToken) =>
        (await AskAsync(connection, HttpMethod.Get, "/api/v1/generations?take=1&shop=" + Uri.EscapeDataString(connection.ServiceShop), null, null, cancellationToken)).Problem?.Code;

    /// <summary>The product's newest video.</summary>
    public async Task<VideoState> LatestAsync(BridgeConnection connection, int productId, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"/api/v1/generations?take=1&shop={Uri.EscapeDataString(connection.ServiceShop)}&product={productId}");
        var (told, problem) = await AskAsync(connection, HttpMethod.Get, query, null, null, cancellationToken);
        using (told)
        {
            return problem is not null ? VideoState.Of(problem)
                : told!.RootElement.TryGetProperty("items", out var items) && items.ValueKind is JsonValueKind.Array && items.GetArrayLength() > 0
                    ? VideoState.Of(items[0], connection) : VideoState.None;
        }
    }

    /// <summary>Orders a video. What costs something is not ordered unless the merchant agreed to that very price.</summary>
    /// <param name="connection">Of the shop.</param>
    /// <param name="productId">Whose video.</param>
    /// <param name="idempotencyKey">The same one gives the same video, however often it is sent.</param>
    /// <param name="agreed">The price that the merchant has seen; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<VideoState> OrderAsync(BridgeConnection connection, int productId, string idempotencyKey, string? agreed, CancellationToken cancellationToken)
    {
        var id = productId.ToString(CultureInfo.InvariantCulture);
        VideoCost cost;
        var (preview, unpriced) = await AskAsync(
            connection, HttpMethod.Post, $"/api/v1/products/{Uri.EscapeDataString(connection.ServiceShop)}/{id}/preview", new { }, null, cancellationToken);
        using (preview)
        {
            if (unpriced is not null)
                return VideoState.Of(unpriced);
            cost = VideoCost.Of(preview!.RootElement);
            if (cost.Text is { } text && text != agreed)
                return VideoState.None with { Price = text };
        }

        // Nobody who costs more than was shown makes it, not even where another has failed.
        var (ordered, problem) = await AskAsync(
            connection, HttpMethod.Post, "/api/v1/generations",
            new { shop = connection.ServiceShop, product = id, agreed = cost.Agreed.Select(price => new { amount = price.Amount, currency = price.Currency }) },
            idempotencyKey, cancellationToken);
        using (ordered)
            return problem is not null ? VideoState.Of(problem) : VideoState.Of(ordered!.RootElement, connection);
    }

    /// <summary>Orders several, one after the other, each as <see cref="OrderAsync"/> does. What is wrong with the connection is wrong for all of them, and ends it.</summary>
    /// <param name="connection">Of the shop.</param>
    /// <param name="productIds">Whose videos.</param>
    /// <param name="idempotencyKey">Makes one for each.</param>
    /// <param name="agreed">Prices that the merchant has seen, by product.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Orders> OrderManyAsync(
        BridgeConnection connection, IReadOnlyList<int> productIds, Func<string> idempotencyKey, IReadOnlyDictionary<int, string> agreed, CancellationToken cancellationToken)
    {
        var (ordered, asked, failed) = (0, new List<(int, string)>(), new List<(int, ServiceProblem)>());
        for (var i = 0; i < productIds.Count; i++)
        {
            var id = productIds[i];
            var told = await OrderAsync(connection, id, idempotencyKey(), agreed.GetValueOrDefault(id), cancellationToken);
            if (told.Price is { } price)
                asked.Add((id, price));
            else if (told is { State.Length: 0, Problem: { } problem })
                failed.Add((id, problem));
            else
                ordered++;
            if (told is { State.Length: 0, Problem.IsOfTheConnection: true })
                return new(ordered, asked, failed, NotTried: productIds.Count - i - 1);
        }

        return new(ordered, asked, failed, NotTried: 0);
    }

    private async Task<(JsonDocument? Told, ServiceProblem? Problem)> AskAsync(
        BridgeConnection connection, HttpMethod method, string path, object? body, string? idempotencyKey, CancellationToken cancellationToken)
    {
        if (!connection.IsConnected)
            return (null, new(ServiceProblem.NotConnected, null));
        using var request = new HttpRequestMessage(method, connection.ServiceUrl + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", connection.ServiceKey);
        request.Headers.Accept.Add(new("application/json"));
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (body is not null)
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)) { Headers = { ContentType = new("application/json") } };
        try
        {
            using var client = clients.CreateClient(Client);
            using var response = await client.SendAsync(request, cancellationToken);
            return await ReadAsync(response, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return (null, new(ServiceProblem.Unreachable, null));
        }
    }

    private static async Task<(JsonDocument? Told, ServiceProblem? Problem)> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if ((int)response.StatusCode is 401 or 403)
            return (null, new(ServiceProblem.Refused, null));
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (BridgeJson.Read<JsonDocument>(bytes) is not { RootElement.ValueKind: JsonValueKind.Object } told)
            return (null, new(ServiceProblem.Strange, null));
        if (response.IsSuccessStatusCode)
            return (told, null);
        using (told)
        {
            // The service's own words for the merchant.
            var words = told.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : told.RootElement.TryGetProperty("title", out var title) ? title.GetString() : null;
            return (null, new(words is { Length: > 0 } ? ServiceProblem.Told : ServiceProblem.Strange, words));
        }
    }
}

/// <summary>What came of several orders.</summary>
/// <param name="Ordered">How many were ordered.</param>
/// <param name="Asked">What must be agreed to before: products and prices.</param>
/// <param name="Failed">Products, and why each was not ordered.</param>
/// <param name="NotTried">How many came after one that met a problem of the connection.</param>
public sealed record Orders(int Ordered, IReadOnlyList<(int ProductId, string Price)> Asked, IReadOnlyList<(int ProductId, ServiceProblem Problem)> Failed, int NotTried);

/// <summary>What a video costs.</summary>
/// <param name="Text">For example <c>0.70 USD</c>; null where nobody can cost anything.</param>
/// <param name="Agreed">What is agreed to with it: an amount for each currency.</param>
public sealed record VideoCost(string? Text, IReadOnlyList<(decimal Amount, string Currency)> Agreed)
{
    /// <param name="preview">As the service tells it.</param>
    public static VideoCost Of(JsonElement preview)
    {
        var price = preview.TryGetProperty("price", out var told) ? PriceOf(told) : (Amount: 0m, Currency: "");
        (decimal Amount, string Currency)[] upTo =
            preview.TryGetProperty("upTo", out var most) && most.ValueKind is JsonValueKind.Array ? [.. most.EnumerateArray().Select(PriceOf)] : [];
        (decimal Amount, string Currency)[] agreed = price.Amount > 0 && !upTo.Any(one => one.Currency == price.Currency) ? [price, .. upTo] : upTo;
        return new(agreed.Length == 0 ? null : TextOf(price) + (upTo.Length == 0 ? "" : $", or up to {string.Join(" or ", upTo.Select(TextOf))} if another provider has to make it"), agreed);
    }

    private static (decimal Amount, string Currency) PriceOf(JsonElement price) =>
        price.TryGetProperty("amount", out var amount) && amount.TryGetDecimal(out var value) && price.TryGetProperty("currency", out var currency)
            ? (value, currency.GetString() ?? "") : (0m, "");

    private static string TextOf((decimal Amount, string Currency) price) => string.Create(CultureInfo.InvariantCulture, $"{price.Amount:0.00} {price.Currency}");
}

/// <summary>Why the service did not do as asked.</summary>
/// <param name="Code">One of the constants; the shop has words for each.</param>
/// <param name="Words">The service's own words for the merchant; null where it has none.</param>
public sealed record ServiceProblem(string Code, string? Words)
{
    public const string NotConnected = "NotConnected";
    public const string Unreachable = "Unreachable";
    public const string Refused = "Refused";
    public const string Strange = "Strange";
    public const string Told = "Told";

    /// <summary>Whether it stands in the way of every product alike.</summary>
    public bool IsOfTheConnection => Code != Told;
}

/// <summary>How a product's video stands.</summary>
/// <param name="State">As the service names it; empty where there is no video.</param>
/// <param name="Percent">While it is made, where that is known.</param>
/// <param name="Moving">Whether it will change by itself.</param>
/// <param name="Link">Where the merchant looks at it.</param>
/// <param name="Problem">Why it waits, failed or could not be asked for.</param>
/// <param name="Price">What the merchant must agree to before it is ordered.</param>
public sealed record VideoState(string State, int? Percent, bool Moving, string? Link, ServiceProblem? Problem, string? Price)
{
    public static VideoState None { get; } = new("", null, false, null, null, null);

    public static VideoState Of(ServiceProblem problem) => None with { Problem = problem };

    public static VideoState Of(JsonElement video, BridgeConnection connection)
    {
        var state = video.TryGetProperty("state", out var named) ? named.GetString() ?? "" : "";
        int? percent = state == "Rendering" && video.TryGetProperty("progress", out var progress) && progress.ValueKind is JsonValueKind.Number
            ? (int)Math.Floor(100 * progress.GetDouble()) : null;
        var words = video.TryGetProperty("problem", out var problem) && problem.ValueKind is JsonValueKind.Object && problem.TryGetProperty("merchantText", out var text)
            ? text.GetString() : null;
        var link = video.TryGetProperty("id", out var id) ? $"{connection.ServiceUrl}/videos/{Uri.EscapeDataString(id.GetString() ?? "")}" : null;
        return new(
            state, percent, state is "Planned" or "Submitting" or "Rendering" or "Fetching" or "Publishing" or "Withdrawing", link,
            words is { Length: > 0 } ? new(ServiceProblem.Told, words) : null, null);
    }
}
