using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProductVideo.Conformance;
using ProductVideo.Hosting;
using ProductVideo.Security;
using ProductVideo.Storefronts.Folder;
using ProductVideo.Tests.Architecture;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Hosting;

public sealed partial class EmbeddingSampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-embed-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("README.md", 4)]
    [InlineData("src/ProductVideo/Storefronts/Folder/README.md", 3)]
    public void what_a_readme_shows_is_what_is_tried_here(string readme, int atLeast)
    {
        var sample = Compact(Read("tests/ProductVideo.Tests/Hosting/EmbeddingSample.cs"));
        var shown = CSharp().Matches(Read(readme)).SelectMany(block => block.Groups["code"].Value.Split("\n\n")).Select(Compact).ToList();
        shown.Count.ShouldBeGreaterThanOrEqualTo(atLeast);
        shown.Where(part => !sample.Contains(part, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task its_link_opens_the_pages_and_its_key_the_api()
    {
        await using var app = await StartAsync(_ => { });
        using var client = app.GetTestClient();
        (await StatusAsync(client, "/")).ShouldBe(HttpStatusCode.Redirect);
        (await StatusAsync(client, "/api/v1/generations")).ShouldBe(HttpStatusCode.Unauthorized);

        var (link, key) = await EmbeddingSample.LetInAsync(app);
        (await StatusAsync(client, link)).ShouldBe(HttpStatusCode.OK);
        using var form = new FormUrlEncodedContent([new("token", link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..])]);
        using var signedIn = await client.PostAsync("/sign-in", form, Token);
        (await StatusAsync(client, "/", with => Keep(with, signedIn))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(client, "/api/v1/generations", with => with.Authorization = new AuthenticationHeaderValue("Bearer", key))).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("merchant", true)]
    [InlineData("customer", false)]
    public async Task a_sign_in_of_the_hosts_own_lets_in_whom_it_knows(string role, bool isLetIn)
    {
        await using var app = await StartAsync(builder =>
        {
            builder.Services.AddAuthentication("Cookies").AddCookie("Cookies");
            EmbeddingSample.LetOwnIn(builder);
        });
        app.MapGet("/enter", (HttpContext http) => http.SignInAsync("Cookies", Who(new Claim(ClaimTypes.Role, role))));
        using var client = app.GetTestClient();
        using var entered = await client.GetAsync("/enter", Token);

        (await StatusAsync(client, "/", with => Keep(with, entered))).ShouldBe(isLetIn ? HttpStatusCode.OK : HttpStatusCode.Redirect);
        var pictures = app.Services.GetRequiredService<IAuthorizationPolicyProvider>();
        var (policy, judge) = (await pictures.GetPolicyAsync(ProductVideoAuth.MediaPolicy), app.Services.GetRequiredService<IAuthorizationService>());
        (await judge.AuthorizeAsync(Who(new Claim(ClaimTypes.Role, role)), policy!)).Succeeded.ShouldBe(isLetIn);
        (await judge.AuthorizeAsync(Who(new Claim(ProductVideoAuth.ScopeClaim, Scopes.Read)), policy!)).Succeeded.ShouldBeTrue();
    }

    private static ClaimsPrincipal Who(Claim claim) => new(new ClaimsIdentity([claim], "test"));

    private async Task<WebApplication> StartAsync(Action<WebApplicationBuilder> more)
    {
        var app = EmbeddingSample.Build([], builder =>
        {
            builder.WebHost.UseTestServer();
            // The product's own settings lie beside the tests; this application is another.
            builder.Configuration["AllowedHosts"] = "*";
            builder.Logging.ClearProviders();
            builder.Services.AddCheckedFfmpeg();
            builder.Services.PostConfigure<ProductVideoOptions>(all => (all.DataFolder, all.Roles) = (Path.Combine(_folder, "data"), ProcessRoles.Web));
            builder.Services.PostConfigure<FolderOptions>("shop", shop => (shop.Path, shop.StatePath) =
                (Directory.CreateDirectory(Path.Combine(_folder, "shop")).FullName, Path.Combine(_folder, "state")));
            more(builder);
        });
        await app.StartAsync(Token);
        return app;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address, Action<HttpRequestHeaders>? with = null)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, address);
        with?.Invoke(asked.Headers);
        using var answer = await client.SendAsync(asked, Token);
        return answer.StatusCode;
    }

    private static void Keep(HttpRequestHeaders with, HttpResponseMessage answer) =>
        with.Add("Cookie", answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    private static string Compact(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex CSharp();
}
