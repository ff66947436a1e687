using System.Net.Http.Json;
using System.Text.Json;
using ProductVideo.Api;
using ProductVideo.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

/// <summary>The API's description against the types it is made of, and against what the API answers.</summary>
public sealed class OpenApiDocumentTests : IAsyncLifetime
{
    private readonly ApiFixture _api = new();
    private HttpClient _client = null!;
    private JsonElement _document;

    public async ValueTask InitializeAsync()
    {
        await _api.InitializeAsync();
        _client = await _api.CallerAsync();
        _document = await BackfillCalls.GetAsync(_client, "/api/v1/openapi/productvideo.json");
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public void every_enum_lists_what_is_written_for_its_values()
    {
        var enums = new[] { typeof(ApiJson).Assembly, typeof(Generation).Assembly }.SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsEnum && type.IsPublic).ToLookup(type => type.Name);
        var described = _document.GetProperty("components").GetProperty("schemas").EnumerateObject().Where(schema => enums.Contains(schema.Name)).ToList();
        described.Count.ShouldBeGreaterThan(10);
        foreach (var schema in described)
        {
            schema.Value.Text("type").ShouldBe("string", schema.Name);
            var listed = schema.Value.GetProperty("enum").EnumerateArray().Select(value => value.GetString()).ToList();
            enums[schema.Name].ShouldContain(type => listed.SequenceEqual(Written(type)), $"{schema.Name} lists {string.Join(", ", listed)}");
        }
    }

    [Fact]
    public void no_number_may_be_sent_in_quotes()
    {
        var numbers = Schemas(_document).Where(schema => Types(schema).Any(type => type is "integer" or "number")).ToList();
        numbers.Count.ShouldBeGreaterThan(50);
        numbers.Where(number => Types(number).Contains("string") || number.TryGetProperty("pattern", out _)).ShouldBeEmpty();
    }

    [Fact]
    public void each_page_says_how_long_it_may_be_and_where_it_begins()
    {
        var pages = Operations().Values.Where(operation => ParameterOf(operation, "cursor") is not null).ToList();
        pages.Count.ShouldBeGreaterThan(5);
        foreach (var page in pages)
        {
            var take = ParameterOf(page, "take")!.Value.GetProperty("schema");
            (take.Text("type"), take.GetProperty("minimum").GetInt32(), take.GetProperty("maximum").GetInt32(), take.GetProperty("default").GetInt32()).ShouldBe(("integer", 1, 250, 50));
            ParameterOf(page, "cursor")!.Value.Text("description").ShouldContain("'next'");
        }
    }

    [Theory]
    [InlineData("ListSpend")]
    [InlineData("DownloadSpend")]
    public void a_span_of_time_says_how_its_ends_are_written(string operation)
    {
        foreach (var end in new[] { "from", "to" })
            ParameterOf(Operations()[operation], end)!.Value.Text("description").ShouldContain("ISO 8601");
    }

    private static JsonElement? ParameterOf(JsonElement operation, string name) => operation.TryGetProperty("parameters", out var parameters)
        && parameters.EnumerateArray().FirstOrDefault(parameter => parameter.Text("name") == name) is { ValueKind: JsonValueKind.Object } found ? found : null;

    [Fact]
    public void the_idempotency_key_is_told_where_it_is_read()
    {
        var takers = Operations().Where(one => one.Value.TryGetProperty("parameters", out var parameters)
            && parameters.EnumerateArray().Any(parameter => parameter.Text("name") == "Idempotency-Key" && parameter.Text("in") == "header")).Select(one => one.Key);
        takers.ShouldBe(
            ["ApproveGenerations", "CreateGeneration", "RetryGeneration", "CreateBackfill", "RefreshVideo", "RefreshVideoOfShop", "RefreshVideos", "RegenerateVideo", "AddWebhookEndpoint"], ignoreOrder: true);
    }

    [Fact]
    public void a_refusal_tells_the_prices_that_were_not_agreed_to()
    {
        var prices = _document.GetProperty("components").GetProperty("schemas").GetProperty("ProblemDetails").GetProperty("properties").GetProperty("prices");
        prices.Text("type").ShouldBe("array");
        prices.GetProperty("items").GetProperty("properties").EnumerateObject().Select(part => (part.Name, part.Value.Text("type"))).ShouldBe([("amount", "number"), ("currency", "string")]);
    }

    [Fact]
    public void the_document_says_how_to_sign_in()
    {
        var scheme = _document.GetProperty("security").EnumerateArray().Single().EnumerateObject().Single().Name;
        var told = _document.GetProperty("components").GetProperty("securitySchemes").GetProperty(scheme);
        (told.Text("type"), told.Text("scheme")).ShouldBe(("http", "bearer"));
    }

    [Theory]
    [InlineData("GetClipVideo", "video/mp4")]
    [InlineData("GetClipPoster", "image/jpeg")]
    [InlineData("GetClipPicture", "image/jpeg")]
    [InlineData("GetProductThumbnail", "image/jpeg")]
    public void a_file_is_told_as_bytes(string operation, string contentType)
    {
        var schema = Follow(Operations()[operation].GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty(contentType).GetProperty("schema"));
        (schema.Text("type"), schema.Text("format")).ShouldBe(("string", "binary"));
    }

    [Theory]
    [InlineData("ListGenerations", "state")]
    [InlineData("ListBackfillItems", "state")]
    [InlineData("ListBackfillItems", "reason")]
    [InlineData("ListWebhookDeliveries", "state")]
    public async Task each_word_that_a_parameter_may_be_is_taken(string operation, string parameter)
    {
        var (address, told) = _document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => (path.Name, method.Value)))
            .Single(one => one.Value.Text("operationId") == operation);
        var words = told.GetProperty("parameters").EnumerateArray().Single(one => one.Text("name") == parameter).GetProperty("schema").GetProperty("enum").EnumerateArray()
            .Select(word => word.GetString()!).ToList();
        words.Count.ShouldBeGreaterThan(2);
        var asked = await SomethingAsync(address);
        foreach (var word in words)
            await GetAsync($"{asked}?{parameter}={word}");
        await BackfillCalls.GetAsync(_client, $"{asked}?{parameter}=another", 400);
    }

    /// <summary>Where the address is of something that there must be first.</summary>
    private async Task<string> SomethingAsync(string address)
    {
        if (address.Contains("backfills", StringComparison.Ordinal))
            return await BackfillCalls.QuotedAsync(_api, _client) + "/items";
        if (!address.Contains("webhook", StringComparison.Ordinal))
            return address;
        var added = await BackfillCalls.PostAsync(_client, "/api/v1/webhook-endpoints", new { url = "https://shop.example/hooks" }, 201);
        return $"/api/v1/webhook-endpoints/{added.Text("id")}/deliveries";
    }

    [Theory]
    [InlineData("CreateGeneration", "/api/v1/generations", "product")]
    [InlineData("CreateBackfill", "/api/v1/shops/test/backfills", "name")]
    [InlineData("RefreshVideos", "/api/v1/shops/test/products/generations", "products prices")]
    [InlineData("AddWebhookEndpoint", "/api/v1/webhook-endpoints", "url")]
    [InlineData("ConnectShop", "/api/v1/shop-connections", "shop kind")]
    public async Task what_a_body_must_hold_is_told_and_demanded(string operation, string address, string names)
    {
        var body = Follow(Operations()[operation].GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema"));
        body.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ShouldBe(names.Split(' '), ignoreOrder: true);
        var refused = await _client.PostAsJsonAsync(address, new { });
        ((int)refused.StatusCode).ShouldBeOneOf(400, 422);
        names.Split(' ').ShouldContain((await ApiFixture.JsonAsync(refused)).Text("field"));
    }

    [Fact]
    public void an_answer_holds_all_that_is_told_of_it()
    {
        foreach (var answer in new[] { "GenerationAnswer", "ClipAnswer", "BackfillAnswer", "BudgetAnswer", "WebhookEndpointAnswer" })
        {
            var schema = _document.GetProperty("components").GetProperty("schemas").GetProperty(answer);
            schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!)
                .ShouldBe(schema.GetProperty("properties").EnumerateObject().Select(property => property.Name), ignoreOrder: true, answer);
        }

        _document.GetProperty("components").GetProperty("schemas").GetProperty("GenerationAnswer").GetProperty("properties").GetProperty("state").GetProperty("enum")
            .EnumerateArray().Select(state => state.GetString()!).ShouldBe(GenerationState.Names);
    }

    [Theory]
    [InlineData("CreateGeneration", "200 202 400 401 402 403 404 408 409 413 415 422 503")]
    [InlineData("RetryGeneration", "200 400 401 402 403 404 408 409 413 415 422 503")]
    [InlineData("RejectGeneration", "200 400 401 403 404 408 409 413 415 503")]
    [InlineData("AdoptGeneration", "200 400 401 403 404 408 409 413 415 503")]
    [InlineData("ListGenerations", "200 400 401 403 404 503")]
    [InlineData("ListProducts", "200 400 401 403 404 422 503")]
    [InlineData("PreviewVideo", "200 400 401 403 404 408 409 413 415 422 503")]
    [InlineData("ListWebhookDeliveries", "200 400 401 403 404 503")]
    [InlineData("Stop", "200 400 401 403 408 413 415 503")]
    [InlineData("GetClipVideo", "200 206 304 400 401 403 404 412 416 503")]
    [InlineData("GetClipPoster", "200 206 304 400 401 403 404 412 416 503")]
    [InlineData("GetClipPicture", "200 400 401 403 404 503")]
    public void an_operation_tells_what_it_can_answer(string operation, string statuses) =>
        string.Join(' ', Operations()[operation].GetProperty("responses").EnumerateObject().Select(response => response.Name).Order(StringComparer.Ordinal)).ShouldBe(statuses);

    [Fact]
    public async Task what_is_answered_is_as_described()
    {
        await BackfillCalls.SendAsync(_client, HttpMethod.Put, "/api/v1/budgets", new { scope = "everything", period = "month", amount = 12.5, currency = "USD" }, 200);
        var ordered = await BackfillCalls.PostAsync(_client, "/api/v1/generations", ApiFixture.MugOrder, 202);
        var backfill = await BackfillCalls.QuotedAsync(_api, _client);

        Judge("CreateGeneration", 202, ordered);
        Judge("ListGenerations", 200, await GetAsync("/api/v1/generations"));
        Judge("GetGeneration", 200, await GetAsync($"/api/v1/generations/{ordered.Text("id")}"));
        Judge("GetGeneration", 404, await BackfillCalls.GetAsync(_client, $"/api/v1/generations/{Guid.NewGuid()}", 404));
        Judge("ListProducts", 200, await GetAsync("/api/v1/products?shop=test"));
        Judge("PreviewVideo", 200, await BackfillCalls.PostAsync(_client, "/api/v1/products/test/mug/preview", new { provider = "scripted", aspect = "1:1", seconds = 5 }));
        Judge("ListBackfills", 200, await GetAsync(BackfillCalls.Address));
        Judge("GetBackfill", 200, await GetAsync(backfill));
        Judge("ListBackfillItems", 200, await GetAsync(backfill + "/items"));
        Judge("ListBudgets", 200, await GetAsync("/api/v1/budgets"));
        Judge("ListSpend", 200, await GetAsync("/api/v1/spend"));
        Judge("ListAccounts", 200, await GetAsync("/api/v1/accounts"));
        Judge("GetChangePolicy", 200, await GetAsync("/api/v1/shops/test/changes"));
        Judge("GetShopLabel", 200, await GetAsync("/api/v1/shops/test/label"));
        Judge("GetCatalogue", 200, await GetAsync("/api/v1/shops/test/catalogue"));
        Judge("ListLackingProducts", 200, await GetAsync("/api/v1/shops/test/catalogue/lacking"));
    }

    private JsonElement Follow(JsonElement schema) => schema.TryGetProperty("$ref", out var reference) ? SchemaJudge.Follow(_document, reference.GetString()!) : schema;

    private Task<JsonElement> GetAsync(string address) => BackfillCalls.GetAsync(_client, address);

    private static IEnumerable<string?> Written(Type type) =>
        Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToElement(value, type, ApiJson.Options).GetString());

    private Dictionary<string, JsonElement> Operations() => _document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
        .ToDictionary(operation => operation.Value.Text("operationId"), operation => operation.Value, StringComparer.Ordinal);

    private void Judge(string operation, int status, JsonElement answer)
    {
        var content = Operations()[operation].GetProperty("responses").GetProperty(status.ToString(System.Globalization.CultureInfo.InvariantCulture)).GetProperty("content");
        SchemaJudge.Mistakes(_document, content.EnumerateObject().Single().Value.GetProperty("schema"), answer, operation).ShouldBeEmpty();
    }

    /// <summary>All objects in the document that could be schemas.</summary>
    private static IEnumerable<JsonElement> Schemas(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(part => Schemas(part.Value)).Prepend(node),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(Schemas),
        _ => [],
    };

    private static IEnumerable<string> Types(JsonElement schema) => SchemaJudge.TypesOf(schema);
}
