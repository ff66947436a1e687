using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Exchange;
using ProductVideo.Generations;
using ProductVideo.Http;
using ProductVideo.Pipeline;
using ProductVideo.Storefronts;

namespace ProductVideo.Connecting;

/// <summary>Connects shops, changes what they are reached by, looks whether they let us work, and takes them away again.</summary>
internal sealed class ShopConnections(ConnectionStore store, ConnectionSecrets secrets, ConnectedShops connected, IEnumerable<IStorefrontKind> kinds, Shops shops, IDatabaseClock clock)
{
    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<IStorefrontKind> Kinds { get; } = [.. kinds.OrderBy(kind => kind.Name, StringComparer.OrdinalIgnoreCase)];

    /// <exception cref="RefusedException">There is no such kind.</exception>
    public IStorefrontKind Kind(string? key) => Kinds.FirstOrDefault(kind => kind.Key == key) ?? throw Refusals.Invalid(
        "unknown_kind", $"There is no kind of shop '{key}'. Choose one of: {string.Join(", ", Kinds.Select(kind => kind.Key))}.", $"No IStorefrontKind has the key '{key}'.", "kind");

    /// <summary>Those that were connected here; a shop of the server's settings is none of them.</summary>
    public async Task<IReadOnlyList<ShopConnection>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(cancellationToken)).Select(Shown)];

    /// <returns>null where no such shop was connected here.</returns>
    public async Task<ShopConnection?> FindAsync(string shop, CancellationToken cancellationToken) =>
        await store.FindAsync(shop, cancellationToken) is { } row ? Shown(row) : null;

    /// <summary>What is wrong with a new connection's values, all of it at once.</summary>
    public IReadOnlyList<ConnectionMistake> Mistakes(IStorefrontKind kind, string shop, IReadOnlyDictionary<string, string> values) =>
        [.. ShopMistakes(shop), .. kind.Mistakes(shop, values).Where(mistake => ShopOptionsRules.IsKey(shop) || mistake.Field is not null)];

    /// <summary>What is wrong with the key of a new shop.</summary>
    internal IReadOnlyList<ConnectionMistake> ShopMistakes(string shop) =>
        !ShopOptionsRules.IsKey(shop) ? [new(nameof(shop), $"The short name {ShopOptionsRules.KeyRule}")]
        : shops.Find(shop) is not null ? [new(nameof(shop), $"There is a shop '{shop}' already. Choose another short name.")] : [];

    /// <summary>Connects a shop, once it has answered. A right that is lacking does not stop it.</summary>
    /// <returns>What the shop lets us do.</returns>
    /// <exception cref="RefusedException">A value is wrong, or the shop does not let us in; nothing was written.</exception>
    public async Task<IReadOnlyList<AccessCheck>> ConnectAsync(
        string kindKey, string shop, IReadOnlyDictionary<string, string> values, string by, CancellationToken cancellationToken)
    {
        var kind = Kind(kindKey);
        Demand(Mistakes(kind, shop, values));
        var checks = await CheckAsync(kind.Open(shop, values).Storefront, e => Refusal(e, values), cancellationToken);
        var (open, locked) = Split(kind, shop, values);
        if (!await store.AddAsync(shop, kind.Key, open, locked, by, cancellationToken))
            throw Refusals.Invalid("invalid_shop", $"There is a shop '{shop}' already. Choose another short name.", $"Shop '{shop}' was connected meanwhile.", nameof(shop));
        await connected.LoadAsync(cancellationToken);
        return checks;
    }

    /// <summary>
    /// Changes what a shop is reached by, once it has answered. A secret that is left out stays, unless the address is another one. Another
    /// store at that key is as one that was disconnected and connected anew: the plugin's keys end, and backfills wait for a person.
    /// </summary>
    /// <returns>What the shop lets us do.</returns>
    /// <exception cref="RefusedException">
    /// There is no such connection, a value is wrong, the shop does not let us in, or it would be another store and videos are on their way; nothing was written.
    /// </exception>
    public async Task<IReadOnlyList<AccessCheck>> ChangeAsync(string shop, IReadOnlyDictionary<string, string> values, string by, CancellationToken cancellationToken)
    {
        var row = await RowAsync(shop, cancellationToken);
        var kind = Kind(row.Kind);
        var before = Json.Read<Dictionary<string, string>>(row.Values);
        var moves = AddressOf(before) != AddressOf(values);
        // What was kept goes to the address that it was written for, and to no other.
        var kept = (moves ? null : secrets.Open(shop, row.Secrets) ?? new Dictionary<string, string>())
            ?.Where(secret => string.IsNullOrWhiteSpace(values.GetValueOrDefault(secret.Key))) ?? [];
        var wished = values.Where(value => !string.IsNullOrWhiteSpace(value.Value)).Concat(kept).ToDictionary(StringComparer.Ordinal);
        Demand(kind.Mistakes(shop, wished));
        var isOther = StoreOf(before) != StoreOf(wished);
        // Asked beforehand too: by its first answer the next store may use up what it lets us in with.
        if (isOther)
            DemandNone(shop, await store.CountUnderWayAsync(shop, cancellationToken), "move the shop");
        DateTimeOffset? movesSince = isOther ? await clock.NowAsync(cancellationToken) : null;
        var checks = await CheckAsync(kind.Open(shop, wished).Storefront, e => Refusal(e, wished), cancellationToken);
        var (open, locked) = Split(kind, shop, wished);
        var under = await store.ChangeAsync(shop, row.At, open, locked, by, movesSince, cancellationToken) ?? throw new RefusedException(
            RefusalKind.Conflict,
            new Problem("changed_meanwhile", "Somebody else changed this shop meanwhile. Look at it again, then write your change.", $"The row of shop '{shop}' is not the one read."));
        DemandNone(shop, under, "move the shop");
        await connected.LoadAsync(cancellationToken);
        return checks;
    }

    /// <summary>Asks the shop whether it lets us do our work.</summary>
    /// <returns>Each right; empty where this kind of shop has none to grant.</returns>
    /// <exception cref="RefusedException">There is no such shop, it can't be reached, or it does not let us in.</exception>
    public Task<IReadOnlyList<AccessCheck>> CheckAsync(string shop, CancellationToken cancellationToken) => CheckAsync(shops.Get(shop), e => Refusals.From(e), cancellationToken);

    /// <summary>
    /// Takes the connection away with its secrets and ends the API keys of that shop, its plugin's among them. What is on listings stays there; the videos stay here.
    /// Connected again under the same key, the shop has all of them back.
    /// </summary>
    /// <exception cref="RefusedException">There is no such connection, or videos of the shop are on their way.</exception>
    public async Task DisconnectAsync(string shop, CancellationToken cancellationToken)
    {
        await RowAsync(shop, cancellationToken);
        DemandNone(shop, await store.RemoveAsync(shop, cancellationToken), "disconnect");
        await connected.LoadAsync(cancellationToken);
    }

    private static void DemandNone(string shop, int under, string then)
    {
        if (under == 0)
            return;
        throw new RefusedException(
            RefusalKind.Conflict,
            new Problem(
                "videos_under_way",
                $"{(under == 1 ? "A video of this shop is" : $"{under} videos of this shop are")} not finished. Approve, reject or cancel what is open under Videos, and stop trying where the shop does not take one off, then {then}.",
                $"{under} generations of shop '{shop}' are active or being withdrawn."));
    }

    /// <summary>Which store it is: one that is reached over https from now on is still the same.</summary>
    private static string StoreOf(IReadOnlyDictionary<string, string> values) => AddressOf(values) is { } address
        ? $"{address.IdnHost}{(address.IsDefaultPort ? "" : $":{address.Port}")}{address.AbsolutePath.TrimEnd('/')}" : "";

    private static Uri? AddressOf(IReadOnlyDictionary<string, string> values) =>
        WebAddress.TryRead(values.GetValueOrDefault(nameof(ShopOptions.Url))?.Trim(), out var address) ? address : null;

    /// <summary>What is said of a shop that is being connected with these values.</summary>
    internal static RefusedException Refusal(StorefrontException e, IReadOnlyDictionary<string, string> values)
    {
        var refused = Refusals.From(e);
        return new RefusedException(refused.Kind, refused.Problem with { MerchantText = ShopWords.WhileConnecting(e, AddressOf(values)) }, refused.Field, e);
    }

    private static async Task<IReadOnlyList<AccessCheck>> CheckAsync(
        IStorefront storefront, Func<StorefrontException, RefusedException> refusal, CancellationToken cancellationToken)
    {
        try
        {
            if (storefront is ICheckAccess checking)
                return await checking.CheckAccessAsync(cancellationToken);
            await storefront.ListAsync(new ProductQuery(Take: 1), cancellationToken);
            return [];
        }
        catch (StorefrontException e)
        {
            throw refusal(e);
        }
    }

    private async Task<ShopConnectionRow> RowAsync(string shop, CancellationToken cancellationToken) =>
        await store.FindAsync(shop, cancellationToken) ?? throw new RefusedException(
            RefusalKind.NotFound,
            new Problem("unknown_shop", $"No shop '{shop}' was connected here. One from the server's settings is changed there.", $"shop_connections has no row '{shop}'."), nameof(shop));

    private (string Values, string Secrets) Split(IStorefrontKind kind, string shop, IReadOnlyDictionary<string, string> values)
    {
        var known = kind.Fields.Where(field => !string.IsNullOrWhiteSpace(values.GetValueOrDefault(field.Name))).ToLookup(field => field.IsSecret, field => field.Name);
        return (Json.Write(Of(known[false])), secrets.Lock(shop, Of(known[true])));

        Dictionary<string, string> Of(IEnumerable<string> names) => names.ToDictionary(name => name, name => values[name].Trim(), StringComparer.Ordinal);
    }

    private ShopConnection Shown(ShopConnectionRow row)
    {
        var opened = secrets.Open(row.Shop, row.Secrets);
        return new ShopConnection(
            row.Shop, row.Kind, Json.Read<Dictionary<string, string>>(row.Values), (opened?.Keys ?? []).ToHashSet(StringComparer.Ordinal), opened is not null, row.By, row.At);
    }

    private static void Demand(IReadOnlyList<ConnectionMistake> mistakes)
    {
        if (mistakes is [var first, ..])
        {
            var all = string.Join(" ", mistakes.Select(mistake => mistake.Text));
            throw Refusals.Invalid($"invalid_{first.Field ?? "connection"}", all, all, first.Field);
        }
    }
}
