using System.Text.RegularExpressions;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Vendure;

/// <summary>A file that goes up with a request.</summary>
/// <param name="Variable">Where it belongs, for example <c>variables.input.clip</c>.</param>
/// <param name="FileName">As the shop keeps it.</param>
/// <param name="ContentType">For example <c>video/mp4</c>.</param>
/// <param name="Open">Opens it from its start; may be called more than once.</param>
internal sealed record VendureFile(string Variable, string FileName, string ContentType, Func<CancellationToken, Task<Stream>> Open);

/// <summary>
/// Requests to one shop's admin API. Only what the shop refused because the session was over is sent again, once: nothing was done then. The
/// password goes to the configured address alone.
/// </summary>
internal sealed partial class VendureApi(VendureOptions options, ShopExchange exchange)
{
    private readonly Uri _address = Address(options);
    private readonly VendureSession _session = new(options, Address(options), exchange);
    private volatile IReadOnlyList<string>? _languages;

    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T> AskAsync<T>(string document, object? variables, CancellationToken cancellationToken) where T : class =>
        Read<T>(await TryAsync(document, variables, cancellationToken));

    /// <returns>What came, a refusal too.</returns>
    /// <exception cref="Catalog.StorefrontException">The shop could not be asked.</exception>
    public async Task<VendureAnswer> TryAsync(string document, object? variables, CancellationToken cancellationToken) =>
        await SendAsync(await AddressAsync(cancellationToken), document, () => Task.FromResult(Json(document, variables)), uploads: false, cancellationToken);

    /// <summary>The languages that the shop has now; from then on it is asked in one of them.</summary>
    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<IReadOnlyList<string>> LanguagesAsync(CancellationToken cancellationToken)
    {
        var answer = await SendAsync(
            _address, VendureDocuments.Languages, () => Task.FromResult(Json(VendureDocuments.Languages, variables: null)), uploads: false, cancellationToken);
        return _languages = Read<VendureLanguages>(answer).GlobalSettings?.AvailableLanguages ?? [];
    }

    /// <summary>As GraphQL's multipart requests are written.</summary>
    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T> UploadAsync<T>(string document, object variables, IReadOnlyList<VendureFile> files, CancellationToken cancellationToken) where T : class =>
        Read<T>(await SendAsync(await AddressAsync(cancellationToken), document, () => FormAsync(document, variables, files, cancellationToken), uploads: true, cancellationToken));

    internal static HttpContent Json(string document, object? variables) =>
        new ByteArrayContent(CamelJson.Write(new { query = document, variables })) { Headers = { ContentType = new("application/json") } };

    /// <summary>With the language in which texts are asked for.</summary>
    private async Task<Uri> AddressAsync(CancellationToken cancellationToken)
    {
        if (options.Locale is not { } locale)
            return _address;
        var language = VendureLanguage.Of(locale, _languages ?? await LanguagesAsync(cancellationToken)) ?? VendureLanguage.Spelled(locale);
        return new UriBuilder(_address) { Query = "languageCode=" + language }.Uri;
    }

    private async Task<VendureAnswer> SendAsync(Uri address, string document, Func<Task<HttpContent>> body, bool uploads, CancellationToken cancellationToken)
    {
        var operation = Operation().Match(document).Groups["name"].Value;
        string? refused = null;
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address);
            request.Headers.Accept.Add(new("application/json"));
            // Asked of forms where the shop guards against forged ones.
            request.Headers.Add("Apollo-Require-Preflight", "true");
            var token = await _session.SignAsync(request, refused, cancellationToken);
            request.Content = await body();
            var answer = new VendureAnswer(uploads ? await exchange.UploadAsync(request, cancellationToken) : await exchange.AskAsync(request, cancellationToken), operation);
            if (answer.Code != VendureFaults.Forbidden || !_session.CanRenew || refused is not null)
                return answer;
            refused = token;
        }
    }

    private static async Task<HttpContent> FormAsync(string document, object variables, IReadOnlyList<VendureFile> files, CancellationToken cancellationToken)
    {
        var map = files.Select((file, i) => ($"{i}", file.Variable)).ToDictionary(one => one.Item1, one => new[] { one.Variable }, StringComparer.Ordinal);
        var form = new MultipartFormDataContent
        {
            FormPart.Field("operations", System.Text.Encoding.UTF8.GetString(CamelJson.Write(new { query = document, variables }))),
            FormPart.Field("map", System.Text.Encoding.UTF8.GetString(CamelJson.Write(map))),
        };
        foreach (var (file, i) in files.Select((file, i) => (file, i)))
            form.Add(FormPart.File($"{i}", file.FileName, file.ContentType, await file.Open(cancellationToken)));
        return form;
    }

    private static T Read<T>(VendureAnswer answer) where T : class => (answer.IsRefusal ? null : answer.Read<T>()) ?? throw VendureFaults.Of(answer);

    private static Uri Address(VendureOptions options)
    {
        var url = options.Url!;
        return new UriBuilder(url) { Path = url.AbsolutePath.TrimEnd('/') is { Length: > 0 } path ? path : "/admin-api" }.Uri;
    }

    [GeneratedRegex(@"\A\s*(query|mutation) (?<name>\w+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Operation();
}
