namespace ProductVideo.Storefronts.Vendure;

/// <summary>What is asked of the admin API. Those whose name begins with <see cref="OfPlugin"/> need the plugin.</summary>
internal static class VendureDocuments
{
    public const string OfPlugin = "ProductVideo";

    public const string Login = """
        mutation Login($user: String!, $password: String!) {
          login(username: $user, password: $password) { __typename ... on ErrorResult { errorCode } }
        }
        """;

    public const string Product = $$"""
        query Product($id: ID!) {
          product(id: $id) { {{ProductFields}} }
          {{Settings}}
        }
        """;

    public const string Products = $$"""
        query Products($options: ProductListOptions!) {
          products(options: $options) { items { {{ProductFields}} } }
          {{Settings}}
        }
        """;

    public const string Languages = """
        query Languages {
          globalSettings { availableLanguages }
        }
        """;

    public const string MayRead = """
        query MayRead {
          products(options: { take: 1 }) { items { id } }
        }
        """;

    public const string Shop = """
        query ProductVideoShop {
          productVideoShop { uploadMaxFileSize takesVideo mayAttach tellsOfChanges }
        }
        """;

    public const string Look = $$"""
        query ProductVideoLook($id: ID!) {
          product(id: $id) { id slug }
          productVideos(productId: $id) { {{VideoFields}} }
          productVideoShop { uploadMaxFileSize takesVideo mayAttach tellsOfChanges }
        }
        """;

    public const string Attach = $$"""
        mutation ProductVideoAttach($input: AttachProductVideoInput!) {
          attachProductVideo(input: $input) {
            __typename
            ... on AttachedProductVideo { wasThere video { {{VideoFields}} } }
            ... on ErrorResult { errorCode }
          }
        }
        """;

    public const string Detach = """
        mutation ProductVideoDetach($id: ID!, $key: String!) {
          detachProductVideo(productId: $id, key: $key)
        }
        """;

    private const string VideoFields = "key assetId url";

    private const string AssetFields = "id type source";

    private const string ProductFields = $$"""
        id name slug description enabled
        featuredAsset { {{AssetFields}} } assets { {{AssetFields}} }
        facetValues { name facet { code name } }
        collections { name }
        variants {
          id enabled sku priceWithTax currencyCode featuredAsset { id } options { name group { name } }
          trackInventory useGlobalOutOfStockThreshold outOfStockThreshold stockLevels { stockOnHand stockAllocated }
        }
        """;

    /// <summary>Of all prices, whatever their currency, and of all stock.</summary>
    private const string Settings = "globalSettings { trackInventory outOfStockThreshold serverConfig { moneyStrategyPrecision } }";
}
