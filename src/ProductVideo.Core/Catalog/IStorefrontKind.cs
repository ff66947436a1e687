namespace ProductVideo.Catalog;

/// <summary>A kind of shop that a merchant can connect: what to do in the shop, what to write where, and the storefront that comes of it.</summary>
public interface IStorefrontKind
{
    /// <summary>Names the kind in addresses, rows and settings, for example <c>woocommerce</c>: <c>[a-z0-9]</c>, never changed.</summary>
    string Key { get; }

    /// <summary>As merchants know it, for example <c>WooCommerce</c>.</summary>
    string Name { get; }

    /// <summary>What the merchant does in the shop before anything can be written here, in order; a sentence or two each, plain text.</summary>
    IReadOnlyList<string> Steps { get; }

    /// <summary>What is written here, in the order in which a merchant meets it in <see cref="Steps"/>.</summary>
    IReadOnlyList<ConnectionField> Fields { get; }

    /// <summary>Everything that is wrong with the values, at once; empty if a storefront can be made of them. Asks nobody.</summary>
    /// <param name="shop">The key of the shop.</param>
    /// <param name="values">By <see cref="ConnectionField.Name"/>; a field that was left empty is missing.</param>
    IReadOnlyList<ConnectionMistake> Mistakes(string shop, IReadOnlyDictionary<string, string> values);

    /// <summary>A storefront with these values. Asks nobody.</summary>
    /// <exception cref="ArgumentException"><see cref="Mistakes"/> finds some.</exception>
    ConnectedShop Open(string shop, IReadOnlyDictionary<string, string> values);
}

/// <param name="Name">Of the setting, for example <c>Url</c>.</param>
/// <param name="Label">What stands above the field.</param>
/// <param name="Help">Where the merchant finds the value, one sentence.</param>
public sealed record ConnectionField(string Name, string Label, string Help)
{
    /// <summary>Kept encrypted, and never shown again.</summary>
    public bool IsSecret { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>For example <c>https://shop.example</c>; null for none.</summary>
    public string? Example { get; init; }

    /// <summary>The values to choose from, the one that counts unless another is chosen first; empty for any text.</summary>
    public IReadOnlyList<ConnectionChoice> Choices { get; init; } = [];
}

/// <param name="Value">As the setting has it.</param>
/// <param name="Label">As the merchant reads it.</param>
public sealed record ConnectionChoice(string Value, string Label);

/// <param name="Field">Whose value is wrong; null where it is none of them.</param>
/// <param name="Text">What is wrong and the way out, for the merchant.</param>
public sealed record ConnectionMistake(string? Field, string Text);

/// <summary>A shop that can be worked with.</summary>
/// <param name="Storefront">Speaks to it.</param>
/// <param name="Pictures">From where its pictures may be fetched.</param>
public sealed record ConnectedShop(IStorefront Storefront, PictureRules Pictures);

/// <summary>From where the pictures of a shop may be fetched.</summary>
public sealed record PictureRules
{
    /// <summary>Host names and their subdomains; empty for any public host.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary><c>host:port</c> of a shop on this machine that is allowed by name.</summary>
    public IReadOnlyList<string> LoopbackAllowed { get; init; } = [];

    /// <summary><c>host:port</c> of a shop in the operator's own network that is allowed by name.</summary>
    public IReadOnlyList<string> InsideAllowed { get; init; } = [];

    public bool AllowHttp { get; init; }
}

/// <summary>A storefront that can tell whether the shop lets it do its work.</summary>
public interface ICheckAccess
{
    /// <summary>Asks the shop for everything that the work needs, writing nothing. In the order in which a merchant would mend it.</summary>
    /// <exception cref="StorefrontException">The shop can't be reached, or lets us in not at all.</exception>
    Task<IReadOnlyList<AccessCheck>> CheckAccessAsync(CancellationToken cancellationToken);
}

/// <param name="Right">What we need to do, for the merchant, for example <c>Read products</c>.</param>
/// <param name="WayOut">What the merchant does to grant it; null where it is granted.</param>
public sealed record AccessCheck(string Right, string? WayOut = null)
{
    public bool IsGranted => WayOut is null;
}
