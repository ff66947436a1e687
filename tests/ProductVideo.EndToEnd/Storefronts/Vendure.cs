using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProductVideo.Conformance;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>A real Vendure with its sample shop and the plugin, in a folder of its own on a free port; and the hands of its merchant.</summary>
public sealed class Vendure : IAsyncLifetime
{
    public const string WebhookSecret = "whsec_YSBzZWNyZXQgZm9yIHRlc3Rz";

    private readonly string _folder = Checkout.NewFolder();
    private readonly HttpClient _client = new();
    private Process? _process;
    private string _otherPicture = "";
    private string _brand = "";
    private int _products;

    public Uri Address { get; private set; } = null!;

    public Uri AdminApi => new(Address, "/admin-api");

    public string User { get; private set; } = "";

    public string Password { get; private set; } = "";

    /// <summary>Hears what the plugin tells, until the shop is connected elsewhere.</summary>
    public VendureNews News { get; } = new();

    /// <summary>Assets: two photographs of a mug.</summary>
    public IReadOnlyList<string> Pictures { get; private set; } = [];

    /// <summary>Where the shop puts all that this maker makes, by the shop's own filters.</summary>
    public static IReadOnlyList<string> Collections { get; } = ["Kitchen", "Gifts"];

    /// <summary>Who makes the mugs, by the shop's facet.</summary>
    public string Brand { get; private set; } = "";

    public static byte[] Photograph(string name) => File.ReadAllBytes(Path.Combine(Checkout.SampleShop, "images", "stoneware-mug", name));

    public async ValueTask InitializeAsync()
    {
        await News.StartAsync();
        var port = FreePort.Next();
        var start = new ProcessStartInfo(Path.Combine(Checkout.Root, "tests", "vendure", "up"), [_folder, $"{port}"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["SHOP_WEBHOOK_SECRET"] = WebhookSecret;
        _process = Process.Start(start)!;
        var errors = _process.StandardError.ReadToEndAsync();
        if (await _process.StandardOutput.ReadLineAsync() is not { } told || !told.StartsWith('{'))
            throw new InvalidOperationException("Vendure did not start. Is Node there? Run: src/install-tools node\n" + await errors);
        using var read = JsonDocument.Parse(told);
        Address = new Uri($"http://127.0.0.1:{port}");
        (User, Password) = (read.RootElement.GetProperty("user").GetString()!, read.RootElement.GetProperty("password").GetString()!);
        await SignInAsync(User, Password, _client);
        Connect(ConnectionCode(News.Address));
        var brand = (await AdminAsync("{ facets { items { code values { id name } } } }"))["facets"]!["items"]!.AsArray().Single(facet => (string)facet!["code"]! == "brand")!["values"]![0]!;
        (_brand, Brand) = ((string)brand["id"]!, (string)brand["name"]!);
        Pictures = [await UploadAsync("chalk.jpg", Photograph("chalk.jpg")), await UploadAsync("detail.jpg", Photograph("detail.jpg"))];
        _otherPicture = await UploadAsync("other.jpg", Photograph("chalk.jpg"));
        foreach (var name in Collections)
            await AddCollectionAsync(name, "facet-value-filter", ("facetValueIds", $"[{_brand}]"), ("containsAny", "false"));
    }

    /// <summary>Gives the plugin its connection code.</summary>
    public void Connect(string code) => File.WriteAllText(Path.Combine(_folder, "connection.txt"), code);

    /// <summary>As <c>keys create --connect</c> prints it.</summary>
    public static string ConnectionCode(Uri service) => Base64Url.EncodeToString(
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["url"] = service.AbsoluteUri.TrimEnd('/'), ["key"] = "none", ["shop"] = "vendure" }));

    /// <summary>A product with two photographs, a brand and two variants, of which there are four and three.</summary>
    public async Task<(string Id, string Title)> AddProductAsync()
    {
        var title = $"Stoneware mug {++_products}";
        var product = (await AdminAsync(
            """
            mutation ($pictures: [ID!], $title: String!, $slug: String!) {
              createProduct(input: {
                enabled: true, featuredAssetId: PICTURE, assetIds: $pictures, facetValueIds: [BRAND],
                translations: [{ languageCode: en, name: $title, slug: $slug, description: "<p>Stoneware, 350 ml, dishwasher safe.</p>" }]
              }) { id }
            }
            """.Replace("PICTURE", Pictures[0], StringComparison.Ordinal).Replace("BRAND", _brand, StringComparison.Ordinal),
            new { pictures = Pictures, title, slug = $"stoneware-mug-{_products}" }))["createProduct"]!;
        var id = (string)product["id"]!;
        var group = (await AdminAsync(
            """
            mutation ($code: String!) {
              createProductOptionGroup(input: { code: $code, translations: [{ languageCode: en, name: "Color" }], options: [
                { code: "sage", translations: [{ languageCode: en, name: "Sage" }] }, { code: "ink", translations: [{ languageCode: en, name: "Ink" }] }
              ] }) { id options { id } }
            }
            """,
            new { code = $"color-{_products}" }))["createProductOptionGroup"]!;
        await AdminAsync("mutation ($p: ID!, $g: ID!) { addOptionGroupToProduct(productId: $p, optionGroupId: $g) { id } }", new { p = id, g = (string)group["id"]! });
        var variants = group["options"]!.AsArray().Select((option, i) => new
        {
            productId = id, sku = $"MUG-{_products}-{i}", price = 1190, trackInventory = "TRUE", stockOnHand = 4 - i, optionIds = new[] { (string)option!["id"]! },
            translations = new[] { new { languageCode = "en", name = $"{title} {i}" } },
        });
        await AdminAsync("mutation ($input: [CreateProductVariantInput!]!) { createProductVariants(input: $input) { id } }", new { input = variants });
        return (id, title);
    }

    public Task EditTitleAsync(string id, string title) => AdminAsync(
        "mutation ($id: ID!, $title: String!) { updateProduct(input: { id: $id, translations: [{ languageCode: en, name: $title }] }) { id } }", new { id, title });

    public Task ReplaceFirstPictureAsync(string id) => AdminAsync(
        "mutation ($id: ID!, $first: ID!, $all: [ID!]) { updateProduct(input: { id: $id, featuredAssetId: $first, assetIds: $all }) { id } }",
        new { id, first = _otherPicture, all = new[] { _otherPicture, Pictures[1] } });

    /// <summary>One piece of the first variant goes.</summary>
    public async Task SellOneAsync(string id)
    {
        var variant = (await AdminAsync("query ($id: ID!) { product(id: $id) { variants { id stockLevels { stockOnHand } } } }", new { id }))["product"]!["variants"]![0]!;
        await AdminAsync(
            "mutation ($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }",
            new { input = new[] { new { id = (string)variant["id"]!, stockOnHand = (int)variant["stockLevels"]![0]!["stockOnHand"]! - 1 } } });
    }

    /// <summary>A collection of that product alone. Waits until the shop has put it there.</summary>
    public async Task AddToCollectionAsync(string id, string name)
    {
        await AddCollectionAsync(name, "product-id-filter", ("productIds", $"[{id}]"), ("combineWithAnd", "true"));
        await UntilInAsync(id, [.. Collections, name]);
    }

    /// <summary>Waits until the shop's worker has put a product into all of these collections.</summary>
    public async Task UntilInAsync(string id, IReadOnlyList<string> collections)
    {
        while ((await AdminAsync("query ($id: ID!) { product(id: $id) { collections { name } } }", new { id }))["product"]!["collections"]!.AsArray().Count < collections.Count)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>As the merchant.</summary>
    /// <param name="query">GraphQL.</param>
    /// <param name="variables">Of the query.</param>
    /// <param name="channel">The token of a channel; null is the default channel.</param>
    public async Task<JsonNode> AdminAsync(string query, object? variables = null, string? channel = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AdminApi) { Content = JsonContent.Create(new { query, variables }) };
        if (channel is not null)
            request.Headers.Add("vendure-token", channel);
        return await DataAsync(await _client.SendAsync(request));
    }

    /// <summary>As a shopper.</summary>
    public async Task<JsonNode> ShopAsync(string query, object? variables = null)
    {
        using var shopper = new HttpClient();
        return await DataAsync(await shopper.PostAsJsonAsync(new Uri(Address, "/shop-api"), new { query, variables }));
    }

    public async Task<byte[]> BytesAsync(string address)
    {
        using var shopper = new HttpClient();
        return await shopper.GetByteArrayAsync(address);
    }

    /// <summary>An administrator whose role has these permissions.</summary>
    /// <returns>What it signs in with; its password is the merchant's.</returns>
    public Task<string> AddAdministratorAsync(params string[] permissions) => AddAdministratorAsync(channel: null, permissions);

    /// <summary>The same in a channel; null is the default channel.</summary>
    public async Task<string> AddAdministratorAsync(string? channel, string[] permissions)
    {
        var role = (await AdminAsync(
            "mutation ($input: CreateRoleInput!) { createRole(input: $input) { id } }",
            new
            {
                input = new
                {
                    code = $"{string.Join('-', permissions).ToLowerInvariant()}-{channel}", description = "of a test", permissions, channelIds = channel is null ? null : new[] { channel },
                },
            }))["createRole"]!;
        var address = $"role-{(string)role["id"]!}@shop.example";
        await AdminAsync(
            "mutation ($input: CreateAdministratorInput!) { createAdministrator(input: $input) { id } }",
            new { input = new { firstName = "A", lastName = "B", emailAddress = address, password = Password, roleIds = new[] { (string)role["id"]! } } });
        return address;
    }

    /// <summary>A second channel, with no product in it.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> AddChannelAsync(string token)
    {
        var zone = (string)(await AdminAsync("{ zones { items { id } } }"))["zones"]!["items"]![0]!["id"]!;
        return (string)(await AdminAsync(
            "mutation ($input: CreateChannelInput!) { createChannel(input: $input) { ... on Channel { id } } }",
            new
            {
                input = new
                {
                    code = token, token, defaultLanguageCode = "en", defaultCurrencyCode = "USD", pricesIncludeTax = false, defaultTaxZoneId = zone, defaultShippingZoneId = zone,
                },
            }))["createChannel"]!["id"]!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _client.Dispose();
        await News.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task SignInAsync(string user, string password, HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync(
            AdminApi, new { query = "mutation ($user: String!, $password: String!) { login(username: $user, password: $password) { __typename } }", variables = new { user, password } });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer.Headers.GetValues("vendure-auth-token").Single());
    }

    private Task AddCollectionAsync(string name, string filter, params (string Name, string Value)[] arguments) => AdminAsync(
        "mutation ($input: CreateCollectionInput!) { createCollection(input: $input) { id } }",
        new
        {
            input = new
            {
                filters = new[] { new { code = filter, arguments = arguments.Select(one => new { name = one.Name, value = one.Value }) } },
                translations = new[] { new { languageCode = "en", name, slug = $"{name.ToLowerInvariant()}-{_products}", description = "" } },
            },
        });

    private async Task<string> UploadAsync(string name, byte[] bytes)
    {
        using var file = new ByteArrayContent(bytes) { Headers = { ContentType = new("image/jpeg") } };
        using var form = new MultipartFormDataContent
        {
            { new StringContent("""{"query":"mutation ($file: Upload!) { createAssets(input: [{ file: $file }]) { ... on Asset { id } } }","variables":{"file":null}}"""), "operations" },
            { new StringContent("""{"0":["variables.file"]}"""), "map" },
            { file, "0", name },
        };
        return (string)(await DataAsync(await _client.PostAsync(AdminApi, form)))["createAssets"]![0]!["id"]!;
    }

    private static async Task<JsonNode> DataAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var body = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            body["errors"].ShouldBeNull(body.ToJsonString());
            return body["data"]!;
        }
    }
}
