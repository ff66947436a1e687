using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ProductVideo.Conformance.Storefronts.Vendure;

/// <content>What the operations do.</content>
public sealed partial class FakeVendure
{
    private IResult Execute(HttpContext http, string query, string operation, JsonObject? variables, Dictionary<string, FakeVendureFile> files)
    {
        lock (_lock)
        {
            if (operation == "Login")
                return Login(http, variables!);
            if (operation.StartsWith("ProductVideo", StringComparison.Ordinal) && !HasPlugin)
                return Refuse("GRAPHQL_VALIDATION_FAILED", "Cannot query field \"productVideoShop\" on type \"Query\".", status: 400);
            if (http.Request.Headers["vendure-api-key"] != ApiKey && !_sessions.Contains(http.Request.Headers.Authorization.ToString()))
                return Refuse("FORBIDDEN", "You are not currently authorized to perform this action");
            return operation switch
            {
                "Product" => WithMoney("product", _products.GetValueOrDefault(Number((string)variables!["id"]!)) is { } product ? In(Pick(product, query), http.Request.Query["languageCode"]) : null),
                "Products" => List(variables!["options"]!.AsObject(), query),
                "Languages" => Data("globalSettings", new JsonObject { ["availableLanguages"] = new JsonArray([.. Languages.Select(code => (JsonNode?)code)]) }),
                "MayRead" => Data("products", new JsonObject { ["items"] = new JsonArray() }),
                "ProductVideoShop" => Data("productVideoShop", Shop()),
                "ProductVideoLook" => Look((string)variables!["id"]!),
                "ProductVideoAttach" => Attach(variables!["input"]!.AsObject(), files),
                "ProductVideoDetach" => Detach((string)variables!["id"]!, (string)variables["key"]!),
                _ => Refuse("GRAPHQL_VALIDATION_FAILED", $"Nobody asks {operation}.", status: 400),
            };
        }
    }

    private IResult Login(HttpContext http, JsonObject variables)
    {
        if ((string?)variables["user"] != User || (string?)variables["password"] != Password)
            return Data("login", new JsonObject { ["__typename"] = "InvalidCredentialsError", ["errorCode"] = "INVALID_CREDENTIALS_ERROR" });
        var token = Guid.NewGuid().ToString("N");
        _sessions.Add("Bearer " + token);
        if (GivesTokens)
            http.Response.Headers["vendure-auth-token"] = token;
        return Data("login", new JsonObject { ["__typename"] = "CurrentUser" });
    }

    private IResult List(JsonObject options, string query)
    {
        var (skip, take) = ((int)options["skip"]!, (int)options["take"]!);
        if (take > 1000)
            return Refuse("USER_INPUT_ERROR", "Cannot take more than 1000 results from a list query");
        if ((string?)options["sort"]?["id"] != "ASC")
            return Refuse("USER_INPUT_ERROR", "Here they come by id.");
        var words = options["filter"]?["_or"]?.AsArray();
        var found = _products.Values.Where(product => words is null
            || ((string)product["name"]!).Contains((string)words[0]!["name"]!["contains"]!, StringComparison.OrdinalIgnoreCase)
            || (string)product["id"]! == (string)words[1]!["id"]!["eq"]!).ToList();
        if (SortsOtherwise)
            found.Reverse();
        return WithMoney("products", new JsonObject { ["items"] = new JsonArray([.. found.Skip(skip).Take(take).Select(product => Pick(product, query))]) });
    }

    /// <summary>Of its variants only what was asked for.</summary>
    private static JsonObject Pick(JsonObject product, string query)
    {
        var (view, asked) = (product.DeepClone().AsObject(), query[query.IndexOf("variants {", StringComparison.Ordinal)..].Split([' ', '\n', '{', '}']));
        view["variants"] = new JsonArray([.. product["variants"]!.AsArray().Select(variant => new JsonObject(
            variant!.AsObject().Where(member => asked.Contains(member.Key, StringComparer.Ordinal)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))))]);
        return view;
    }

    private IResult WithMoney(string name, JsonNode? value) => Results.Json(new JsonObject
    {
        ["data"] = new JsonObject
        {
            [name] = value, ["globalSettings"] = new JsonObject { ["trackInventory"] = TracksInventory, ["outOfStockThreshold"] = 0, ["serverConfig"] = new JsonObject { ["moneyStrategyPrecision"] = Precision } },
        },
    });

    private JsonObject Shop() => new() { ["uploadMaxFileSize"] = UploadMaxFileSize, ["takesVideo"] = TakesVideo, ["mayAttach"] = MayAttach, ["tellsOfChanges"] = TellsOfChanges };

    private IResult Look(string id) => Results.Json(new JsonObject
    {
        ["data"] = new JsonObject
        {
            ["product"] = _products.GetValueOrDefault(Number(id)) is { } product ? new JsonObject { ["id"] = id, ["slug"] = product["slug"]!.DeepClone() } : null,
            ["productVideos"] = new JsonArray([.. _videos.Where(video => video.Product == id).Select(View)]),
            ["productVideoShop"] = Shop(),
        },
    });

    private IResult Attach(JsonObject input, Dictionary<string, FakeVendureFile> files)
    {
        var (id, key) = ((string)input["productId"]!, (string)input["key"]!);
        if (!_products.TryGetValue(Number(id), out var product))
            return Refuse("ENTITY_NOT_FOUND", $"No Product with the id \"{id}\" could be found");
        if (!MayAttach)
            return Refuse("FORBIDDEN", "You are not currently authorized to perform this action");
        if (_videos.FirstOrDefault(video => video.Product == id && video.Key == key) is { } there)
            return Attached(there, wasThere: true);
        if (files.Values.Any(file => file.Bytes.Length > UploadMaxFileSize))
            return Refuse(null, $"File truncated as it exceeds the {UploadMaxFileSize} byte size limit.");
        if (!TakesVideo)
            return Data("attachProductVideo", new JsonObject { ["__typename"] = "MimeTypeError", ["errorCode"] = "MIME_TYPE_ERROR" });
        var video = new FakeVendureVideo(id, key, Keep(files["variables.input.clip"]), files.TryGetValue("variables.input.poster", out var poster) ? Keep(poster) : null, input);
        _videos.Add(video);
        if ((bool)input["inGallery"]!)
            product["assets"]!.AsArray().Add(new JsonObject { ["id"] = video.Clip.Id, ["type"] = "VIDEO", ["source"] = video.Clip.Url });
        return Attached(video, wasThere: false);
    }

    private IResult Detach(string id, string key)
    {
        if (_videos.FirstOrDefault(video => video.Product == id && video.Key == key) is not { } there)
            return Data("detachProductVideo", false);
        _videos.Remove(there);
        _files.Remove(there.Clip);
        if (there.Poster is { } poster)
            _files.Remove(poster);
        if (_products.TryGetValue(Number(id), out var product))
            product["assets"]!.AsArray().RemoveAll(asset => (string?)asset!["id"] == there.Clip.Id);
        return Data("detachProductVideo", true);
    }

    private FakeVendureFile Keep(FakeVendureFile file)
    {
        var id = (5_000 + ++_ids).ToString(CultureInfo.InvariantCulture);
        var kept = file with { Id = id, Url = $"{Address}assets/source/{id}-{file.FileName}" };
        _files.Add(kept);
        return kept;
    }

    private static IResult Attached(FakeVendureVideo video, bool wasThere) => Data(
        "attachProductVideo", new JsonObject { ["__typename"] = "AttachedProductVideo", ["wasThere"] = wasThere, ["video"] = View(video) });

    private static JsonNode View(FakeVendureVideo video) => new JsonObject { ["key"] = video.Key, ["assetId"] = video.Clip.Id, ["url"] = video.Clip.Url };
}
