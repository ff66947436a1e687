using System.Collections.Concurrent;
using ProductVideo.Catalog;
using ProductVideo.Choosing;
using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Pipeline;

/// <summary>The providers that the host opted in, by key.</summary>
internal sealed class VideoProviders
{
    private readonly Dictionary<string, IVideoProvider> _byKey;

    public VideoProviders(IEnumerable<IVideoProvider> providers)
    {
        All = [.. providers];
        _byKey = All.ToDictionary(provider => provider.Key, StringComparer.Ordinal);
    }

    /// <summary>In the order in which the host added them; the first that offers a model is the default.</summary>
    public IReadOnlyList<IVideoProvider> All { get; }

    /// <summary>Those that offer a model now: who reads its models from elsewhere may have none for a while.</summary>
    public IReadOnlyList<IVideoProvider> Offering => [.. All.Where(provider => provider.Models.Count > 0)];

    /// <summary>Those that can change a clip that is there.</summary>
    public IReadOnlyList<IVideoProvider> Editing => [.. All.Where(provider => provider.Models.Any(model => provider.Capabilities(model).Edits))];

    /// <summary>The first of <see cref="Editing"/>.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    internal IVideoProvider Editor => Editing is [var first, ..] ? first : throw Refusals.Invalid(
        "invalid_changeOf", "No provider that is set up here can change a video that is there. Have a new one made, or set up one that can, for example HappyHorse.",
        $"None of {string.Join(", ", _byKey.Keys)} has a model that edits clips.", "changeOf");

    /// <summary>
    /// The provider for an order that was written down earlier. Where the provider was since taken out of the configuration, one that
    /// says so; the order waits for it as for one that can't be reached.
    /// </summary>
    internal IVideoProvider ForOrder(string key) => _byKey.TryGetValue(key, out var provider) ? provider : new MissingProvider(key);

    /// <summary>Who may start this order: its provider, or a stand-in that refuses where the provider or the model is gone.</summary>
    internal IVideoProvider ForStart(GenerationOrder order)
    {
        var provider = ForOrder(order.Provider);
        return provider is MissingProvider || provider.Models.Contains(order.Request.Model, StringComparer.Ordinal)
            ? provider : new MissingProvider(order.Provider, order.Request.Model, offersNone: provider.Models.Count == 0);
    }

    /// <summary>Who refuses an order that was decided while nobody offered its model. Its provider may be back by now: then it is decided anew.</summary>
    internal IVideoProvider Nobody(GenerationOrder order) =>
        ForStart(order) as MissingProvider ?? new MissingProvider(order.Provider, order.Request.Model, offersNone: true);

    /// <summary>What the order's model can do; null where the provider or the model is gone.</summary>
    internal ProviderCapabilities? CapabilitiesOf(GenerationOrder order) =>
        ForStart(order) is MissingProvider ? null : ForOrder(order.Provider).Capabilities(order.Request.Model);

    /// <summary>Whether a line of a list can be followed now: its provider is set up, and offers the line's model, or one at all.</summary>
    internal bool Offers(ProviderChoice choice) => _byKey.TryGetValue(choice.Provider, out var provider)
        && (choice.Model is { } model ? provider.Models.Contains(model, StringComparer.Ordinal) : provider.Models.Count > 0);

    /// <summary>What people call it; its key where it is set up here no more.</summary>
    public string NameOf(string key) => _byKey.TryGetValue(key, out var provider) ? provider.DisplayName : key;

    /// <exception cref="RefusedException">There is no such provider.</exception>
    public IVideoProvider Get(string? key)
    {
        if (key is null && All.Count > 0)
            return All.FirstOrDefault(provider => provider.Models.Count > 0) ?? All[0];
        if (key is not null && _byKey.TryGetValue(key, out var provider))
            return provider;
        var known = string.Join(", ", _byKey.Keys);
        throw new RefusedException(
            RefusalKind.Invalid,
            new Problem("unknown_provider", $"There is no video provider '{key}'. Choose one of: {known}.", $"Provider '{key}' is not configured; configured: {known}."),
            "provider");
    }
}

/// <summary>The shops, by key: those that the host added, and those that were connected since.</summary>
internal sealed class Shops
{
    private readonly IReadOnlyList<IStorefront> _configured;
    private readonly ConcurrentDictionary<string, bool> _connected = new(StringComparer.Ordinal);
    private volatile Known _known;

    public Shops(IEnumerable<IStorefront> storefronts)
    {
        _configured = [.. storefronts];
        _known = new Known(_configured, _configured.ToDictionary(storefront => storefront.Shop, StringComparer.Ordinal));
    }

    /// <summary>The host's first, then the connected ones by their keys.</summary>
    public IReadOnlyList<IStorefront> All => _known.All;

    /// <summary>Whether the host added it, so that none can be connected by that key.</summary>
    internal bool IsOfHost(string shop) => _configured.Any(storefront => storefront.Shop == shop);

    /// <summary>These are connected now, and no others; none is <see cref="IsOfHost"/>.</summary>
    internal void Use(IReadOnlyList<IStorefront> connected)
    {
        IStorefront[] all = [.. _configured, .. connected.OrderBy(storefront => storefront.Shop, StringComparer.Ordinal)];
        _known = new Known(all, all.ToDictionary(storefront => storefront.Shop, StringComparer.Ordinal));
        foreach (var storefront in connected)
            _connected.TryAdd(storefront.Shop, true);
    }

    /// <summary>Whether the shop was ever connected here since the start, maybe still is; one that the host added was not.</summary>
    internal bool WasConnected(string shop) => _connected.ContainsKey(shop);

    /// <returns>null if there is no such shop.</returns>
    internal IStorefront? Find(string shop) => _known.ByShop.GetValueOrDefault(shop);

    /// <summary>What people call it; its key where it is here no more.</summary>
    public string NameOf(string shop) => Find(shop)?.DisplayName ?? shop;

    /// <exception cref="RefusedException">There is no such shop.</exception>
    public IStorefront Get(string shop) =>
        Find(shop) ?? throw new RefusedException(
            RefusalKind.NotFound,
            new Problem("unknown_shop", NotHere(shop), $"Shop '{shop}' is not configured."),
            "shop");

    /// <summary>Says that there is no such shop, and which there are.</summary>
    internal string NotHere(string shop) => All.Count == 0
        ? $"There is no shop '{shop}' here: none is connected yet. Connect one on the page “Shops”, or name one in the settings."
        : $"There is no shop '{shop}' here. The shops are: {string.Join(", ", All.Select(known => known.Shop))}.";

    private sealed record Known(IReadOnlyList<IStorefront> All, IReadOnlyDictionary<string, IStorefront> ByShop);
}
