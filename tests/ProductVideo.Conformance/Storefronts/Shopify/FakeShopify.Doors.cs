using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ProductVideo.Conformance.Storefronts.Shopify;

/// <content>Where tokens are given and files are put.</content>
public sealed partial class FakeShopify
{
    public const string FirstRefreshToken = "shprt_first";

    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<long, FakeStage> _stages = [];
    private (string Current, string? Before, string? AccessOfCurrent) _refresh = (FirstRefreshToken, null, null);

    /// <summary>How many tokens were given.</summary>
    public int TokensGiven { get; private set; }

    /// <summary>The secret in force.</summary>
    public string Secret { get; set; } = ClientSecret;

    /// <summary>The refresh token in force.</summary>
    public string RefreshToken => _refresh.Current;

    /// <summary>No token that was given is good any more.</summary>
    public void ExpireTokens()
    {
        lock (_lock)
            _tokens.Clear();
    }

    private bool IsLetIn(string? token)
    {
        lock (_lock)
        {
            // A refresh token is good until the one that it gave is used.
            if (token is not null && token == _refresh.AccessOfCurrent)
                _refresh = _refresh with { Before = null };
            return token is not null && _tokens.Contains(token);
        }
    }

    private async Task<IResult> GrantAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        if (await GoneWrongAsync(http, "access_token") is { } wrong)
            return wrong;
        lock (_lock)
        {
            Requests.Add("access_token");
            if (form["client_id"] != ClientId || form["client_secret"] != Secret)
                return Results.Json(new { error = "invalid_client", error_description = "Client authentication failed." }, statusCode: 400);
            var access = string.Create(CultureInfo.InvariantCulture, $"shpat_{++TokensGiven}");
            var drops = Faults.Remove("access_token", out var fault) && fault is FakeShopifyFault.DropAfter;
            switch (form["grant_type"])
            {
                case "client_credentials":
                    _tokens.Add(access);
                    return Results.Json(new { access_token = access, scope = string.Join(',', Scopes), expires_in = 86_399 });
                case "refresh_token" when form["refresh_token"] == _refresh.Current || (_refresh.Before is not null && form["refresh_token"] == _refresh.Before):
                    _tokens.Add(access);
                    _refresh = (string.Create(CultureInfo.InvariantCulture, $"shprt_{TokensGiven}"), form["refresh_token"], access);
                    if (!drops)
                        return Results.Json(new { access_token = access, scope = string.Join(',', Scopes), expires_in = 3600, refresh_token = _refresh.Current, refresh_token_expires_in = 7_776_000 });
                    http.Abort();
                    return Results.Empty;
                default:
                    return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
            }
        }
    }

    /// <summary>As the storage takes it: every parameter, in order, then the file, and that as long as was said.</summary>
    private async Task<IResult> UploadAsync(HttpContext http, long id)
    {
        lock (_lock)
            Requests.Add("upload");
        if (http.Request.Headers.ContainsKey("X-Shopify-Access-Token") || http.Request.Headers.Authorization.Count > 0)
            return Refuse("AccessDenied");
        if (!_stages.TryGetValue(id, out var stage))
            return Refuse("ExpiredToken");
        var parts = new List<(string Name, byte[] Bytes)>();
        var reader = new MultipartReader(HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(http.Request.ContentType!).Boundary).Value!, http.Request.Body);
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            using var bytes = new MemoryStream();
            await section.Body.CopyToAsync(bytes);
            parts.Add((HeaderUtilities.RemoveQuotes(ContentDispositionHeaderValue.Parse(section.ContentDisposition!).Name).Value!, bytes.ToArray()));
        }

        if (!parts.Select(part => part.Name).SequenceEqual([.. stage.Parameters.Select(parameter => parameter.Name), "file"], StringComparer.Ordinal))
            return Refuse("MalformedPOSTRequest");
        if (!parts.SkipLast(1).Select(part => System.Text.Encoding.UTF8.GetString(part.Bytes)).SequenceEqual(stage.Parameters.Select(parameter => parameter.Value), StringComparer.Ordinal))
            return Refuse("SignatureDoesNotMatch");
        if (parts[^1].Bytes.Length != stage.Length)
            return Refuse(parts[^1].Bytes.Length > stage.Length ? "EntityTooLarge" : "EntityTooSmall");
        stage.Bytes = parts[^1].Bytes;
        if (Faults.Remove("upload", out var fault) && fault is FakeShopifyFault.DropAfter)
        {
            http.Abort();
            return Results.Empty;
        }

        return Results.StatusCode(204);

        static IResult Refuse(string code) => Results.Content($"<?xml version='1.0'?><Error><Code>{code}</Code></Error>", "application/xml", statusCode: 400);
    }

    private FakeNode Stage(IReadOnlyDictionary<string, object?> input)
    {
        var id = ++_ids;
        var stage = _stages[id] = new FakeStage(
            [("key", $"o/v/{id}.mp4"), ("x-goog-credential", "merchant-assets"), ("policy", $"policy-{id}"), ("x-goog-signature", $"signature-{id}")],
            long.Parse((string)input["fileSize"]!, CultureInfo.InvariantCulture), new Uri(Address, $"/tmp/{id}/{input["filename"]}").AbsoluteUri);
        return new("StagedMediaUploadTarget")
        {
            ["url"] = new Uri(Address, $"/upload/{id}").AbsoluteUri, ["resourceUrl"] = stage.ResourceUrl,
            ["parameters"] = stage.Parameters.Select(parameter => new FakeNode("StagedUploadParameter") { ["name"] = parameter.Name, ["value"] = parameter.Value }).ToList(),
        };
    }

    private sealed record FakeStage(IReadOnlyList<(string Name, string Value)> Parameters, long Length, string ResourceUrl)
    {
        public byte[]? Bytes { get; set; }
    }
}
