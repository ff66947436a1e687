using System.Net;
using ProductVideo.Hosting;
using ProductVideo.Security;
using ProductVideo.Tests.Api;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Security;

/// <summary>The signed-in operator's cookie, as a browser and a proxy get it.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private readonly ApiFixture _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("https://video.example", "video.example", true)]
    [InlineData("https://video.example", "VIDEO.example", true)]
    [InlineData("https://video.example", "127.0.0.1:5080", false)]
    [InlineData("http://video.example", "video.example", false)]
    [InlineData(null, "video.example", false)]
    public async Task the_cookie_is_for_https_only_where_the_public_address_is_and_works_on_the_server_itself(string? publicAddress, string host, bool isSecure)
    {
        _api.Get<ProductVideoOptions>().PublicAddress = publicAddress is null ? null : new Uri(publicAddress);

        (await SignInAsync(host)).Contains("; secure", StringComparison.OrdinalIgnoreCase).ShouldBe(isSecure);
    }

    private async Task<string> SignInAsync(string host = "localhost")
    {
        var token = await _api.Get<SignInLinks>().CreateAsync(TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in?token=" + token);
        request.Headers.Host = host;
        using var answer = await _api.Stranger().SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
    }
}
