using System.Text.Json.Serialization;

namespace ProductVideo.Storefronts.Medusa;

/// <summary>A product of Medusa's admin interface, as far as it is read.</summary>
internal sealed record MedusaProduct(
    string Id, string? Title, string? Subtitle, string? Description, string? Handle, string? Status, string? Material, string? OriginCountry, string? Thumbnail,
    MedusaTerm? Type, MedusaTitle? Collection, IReadOnlyList<MedusaCategory>? Categories, IReadOnlyList<MedusaTerm>? Tags, IReadOnlyList<MedusaImage>? Images,
    IReadOnlyList<MedusaVariant>? Variants)
{
    /// <summary>What is asked for: a product's own metadata, in which our videos stand, is left out.</summary>
    public const string Fields =
        "id,title,subtitle,description,handle,status,material,origin_country,thumbnail,type.value,collection.title,categories.name,tags.value,"
        + "images.id,images.url,images.rank,variants.id,variants.sku,variants.variant_rank,variants.thumbnail,variants.options.value,variants.options.option.title,"
        + "variants.manage_inventory,variants.inventory_items.required_quantity,"
        + "variants.inventory_items.inventory.location_levels.stocked_quantity,variants.inventory_items.inventory.location_levels.reserved_quantity,"
        + "variants.prices.amount,variants.prices.currency_code,variants.prices.min_quantity,"
        + "variants.prices.price_rules.attribute,variants.prices.price_rules.value";
}

internal sealed record MedusaTerm(string? Value);

internal sealed record MedusaTitle(string? Title);

internal sealed record MedusaCategory(string? Name);

/// <param name="Id">Another one whenever the merchant saves the gallery.</param>
/// <param name="Url">Where its bytes are.</param>
/// <param name="Rank">Its place in the gallery.</param>
internal sealed record MedusaImage(string? Id, string? Url, int Rank);

/// <param name="Id">Of the variant.</param>
/// <param name="Sku">The merchant's own number of it.</param>
/// <param name="VariantRank">Its place.</param>
/// <param name="Thumbnail">The picture that shows it.</param>
/// <param name="Options">What is chosen with it.</param>
/// <param name="Prices">In each currency.</param>
/// <param name="ManageInventory">Whether its pieces are counted.</param>
/// <param name="InventoryItems">What it is taken from.</param>
internal sealed record MedusaVariant(
    string Id, string? Sku, int? VariantRank, string? Thumbnail, IReadOnlyList<MedusaChoice>? Options, IReadOnlyList<MedusaPrice>? Prices,
    bool? ManageInventory, IReadOnlyList<MedusaPart>? InventoryItems);

/// <summary>What a variant is taken from; a set is taken from several.</summary>
/// <param name="RequiredQuantity">Pieces for one of the variant.</param>
/// <param name="Inventory">Where it lies.</param>
internal sealed record MedusaPart(decimal? RequiredQuantity, MedusaInventory? Inventory);

internal sealed record MedusaInventory(IReadOnlyList<MedusaLevel>? LocationLevels);

/// <param name="StockedQuantity">Pieces that lie at a place.</param>
/// <param name="ReservedQuantity">Those of them that are sold and not yet sent.</param>
internal sealed record MedusaLevel(decimal? StockedQuantity, decimal? ReservedQuantity);

internal sealed record MedusaChoice(string? Value, MedusaTitle? Option);

/// <param name="Amount">In whole units of the currency.</param>
/// <param name="CurrencyCode">ISO 4217 in lower case.</param>
/// <param name="MinQuantity">Of a price for many.</param>
/// <param name="Rules">What it counts for, by attribute, such as a region; empty for everybody's price.</param>
internal sealed record MedusaPrice(decimal? Amount, string? CurrencyCode, decimal? MinQuantity, IReadOnlyDictionary<string, object?>? Rules);

internal sealed record MedusaProductAnswer(MedusaProduct? Product);

internal sealed record MedusaProductsAnswer(IReadOnlyList<MedusaProduct>? Products);

/// <param name="Handle">What the product's page is called.</param>
/// <param name="Videos">Those on it, the oldest first.</param>
internal sealed record MedusaListing(string? Handle, IReadOnlyList<MedusaVideo>? Videos);

/// <summary>A clip on a product, as the plugin keeps it.</summary>
/// <param name="Key">The attach key.</param>
/// <param name="Url">Where Medusa serves the file.</param>
/// <param name="File">Medusa's id of the file.</param>
internal sealed record MedusaVideo(string? Key, string? Url, string? File);

internal sealed record MedusaPut(MedusaVideo? Video, bool WasThere);

/// <param name="Connected">Whether the plugin was given a connection code.</param>
/// <param name="TellsChanges">Whether it also has the secret that calls are signed with.</param>
internal sealed record MedusaStatus(bool Connected, bool TellsChanges);

internal sealed record MedusaToken(string? Token);

/// <summary>A refusal as Medusa and the plugin write all of them.</summary>
/// <param name="Type">Medusa's kind of it.</param>
/// <param name="Code">The plugin's.</param>
/// <param name="Message">For the operator.</param>
internal sealed record MedusaRefusal(string? Type, string? Code, string? Message);

/// <summary>What the plugin calls with.</summary>
internal sealed record MedusaNews([property: JsonRequired] string Topic, [property: JsonRequired] string Product);
