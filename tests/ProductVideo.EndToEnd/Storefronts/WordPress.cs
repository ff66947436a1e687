using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ProductVideo.Conformance;
using ProductVideo.EndToEnd.Hosts;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>Debian's WordPress with the companion plugin, in a folder of its own on a free port, with two products that have pictures.</summary>
public sealed class WordPress : IAsyncLifetime
{
    public const string Merchant = "merchant";

    /// <summary>Of the merchant, for the sign-in page.</summary>
    public const string SignInPassword = "a password for tests";

    private readonly string _folder = Checkout.NewFolder();
    private Process? _process;

    public Uri Address { get; private set; } = null!;

    /// <summary>The merchant's application password.</summary>
    public string Password { get; private set; } = "";

    /// <summary>That of one who may only read.</summary>
    public string PasswordOfReader { get; private set; } = "";

    /// <summary>That of <c>author</c>, who may edit and delete what is theirs.</summary>
    public string PasswordOfAuthor { get; private set; } = "";

    /// <summary>That of <c>uploader</c>, who may edit all and upload, and delete nothing.</summary>
    public string PasswordOfUploader { get; private set; } = "";

    public long ProductOfAuthor { get; private set; }

    /// <summary>Published, with pictures, the first one called <c>Stoneware mug</c>.</summary>
    public IReadOnlyList<long> Products { get; private set; } = [];

    /// <summary>What the site logged, without what its old code says about a newer PHP.</summary>
    public IReadOnlyList<string> Complaints => !File.Exists(Path.Combine(_folder, "site", "debug.log")) ? []
        : [.. File.ReadLines(Path.Combine(_folder, "site", "debug.log")).Where(line => line.Contains("productvideo", StringComparison.Ordinal) || line.Contains("PHP Fatal", StringComparison.Ordinal))];

    /// <summary>A client that is signed in; by nobody's password without one.</summary>
    public HttpClient Client(string? user = null, string? password = null) => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders =
        {
            Authorization = user is null ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))),
        },
    };

    public async ValueTask InitializeAsync()
    {
        var pictures = Path.Combine(Checkout.SampleShop, "images", "stoneware-mug");
        var port = FreePort.Next();
        _process = Process.Start(new ProcessStartInfo(
            Path.Combine(Checkout.Root, "tests", "wordpress", "up"),
            [_folder, $"{port}", Path.Combine(pictures, "chalk.jpg"), Path.Combine(pictures, "detail.jpg")])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = _process.StandardError.ReadToEndAsync();
        if (await _process.StandardOutput.ReadLineAsync() is not { } told || !told.StartsWith('{'))
            throw new InvalidOperationException("WordPress did not start. Is it installed? Run: src/install-tools wordpress\n" + await errors);
        using var read = JsonDocument.Parse(told);
        Address = new Uri($"http://127.0.0.1:{port}");
        Password = read.RootElement.GetProperty("password").GetString()!;
        PasswordOfReader = read.RootElement.GetProperty("passwordOfReader").GetString()!;
        PasswordOfAuthor = read.RootElement.GetProperty("passwordOfAuthor").GetString()!;
        PasswordOfUploader = read.RootElement.GetProperty("passwordOfUploader").GetString()!;
        ProductOfAuthor = read.RootElement.GetProperty("productOfAuthor").GetInt64();
        Products = [.. read.RootElement.GetProperty("products").EnumerateArray().Select(product => product.GetInt64())];
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
