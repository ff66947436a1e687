using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProductVideo.Http;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Http;

public sealed class RedirectTests
{
    private static readonly DownloadPolicy Policy = new() { MaxBytes = 1_000_000, AllowHttp = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(301, "http://cdn.example/a/end", "http://cdn.example/a/end")]
    [InlineData(302, "/end", "http://cdn.example/end")]
    [InlineData(303, "//cdn.example/end", "http://cdn.example/end")]
    [InlineData(307, "end", "http://cdn.example/a/end")]
    [InlineData(308, "?x=1", "http://cdn.example/a/start?x=1")]
    public async Task a_redirect_is_followed_by_hand(int status, string to, string end)
    {
        await using var server = FakeServer.Routing(at => at is "cdn.example/a/start" ? FakeServer.Redirect(to, status) : FakeServer.Ok("image/png", 0));
        using var download = Internet(server).Download();
        var result = await download.ToStreamAsync("http://cdn.example/a/start", Policy, Stream.Null, Token);
        result.FinalAddress.AbsoluteUri.ShouldBe(end);
        server.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://[::ffff:169.254.169.254]/latest/")]
    [InlineData("http://inside.example/")]
    [InlineData("http://cdn.example:8080/")]
    [InlineData("http://me:pw@cdn.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://cdn.example/")]
    [InlineData("//")]
    [InlineData("//a:99999/")]
    [InlineData("//[")]
    public async Task a_redirect_to_where_one_must_not_go_is_blocked_at_the_second_hop(string to)
    {
        await using var server = FakeServer.Routing(_ => FakeServer.Redirect(to));
        var internet = Internet(server).With("inside.example", ["192.168.1.1"]);
        var e = await Refused(internet, "http://cdn.example/start", Policy);
        e.Refusal.ShouldBe(DownloadRefusal.RedirectBlocked);
        e.InnerException.ShouldBeOfType<DownloadException>();
        server.Requests.Count.ShouldBe(1);
        internet.Dialled.ShouldBe([$"{FakeInternet.Public}:80"]);
    }

    [Theory]
    [MemberData(nameof(WebAddressTests.Unusable), MemberType = typeof(WebAddressTests))]
    public void a_redirect_to_a_name_that_no_name_server_can_take_leads_nowhere(string to)
    {
        using var answer = new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri(to) } };
        Redirects.IsOne(answer, new Uri("http://cdn.example/start"), out var next).ShouldBeTrue();
        next.ShouldBeNull();
    }

    [Fact]
    public async Task a_redirect_leaves_the_list_of_hosts_no_more_than_a_first_address()
    {
        await using var server = FakeServer.Routing(_ => FakeServer.Redirect("http://other.example/"));
        var internet = Internet(server).With("other.example", [FakeInternet.Public]);
        (await Refused(internet, "http://cdn.example/", Policy with { AllowedHosts = ["cdn.example"] })).Refusal.ShouldBe(DownloadRefusal.RedirectBlocked);
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task three_redirects_are_followed_and_a_fourth_is_not(int redirects, bool arrives)
    {
        await using var server = FakeServer.Routing(at =>
        {
            var n = int.Parse(at.Split('/')[1], CultureInfo.InvariantCulture);
            return n == 0 ? FakeServer.Ok("image/png", 0) : FakeServer.Redirect(At(n - 1));
        });
        var internet = Internet(server);
        if (arrives)
        {
            using var download = internet.Download();
            await download.ToStreamAsync(At(redirects), Policy, Stream.Null, Token);
        }
        else
        {
            (await Refused(internet, At(redirects), Policy)).Refusal.ShouldBe(DownloadRefusal.TooManyRedirects);
        }

        server.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task a_loop_stops()
    {
        await using var server = FakeServer.Routing(_ => FakeServer.Redirect("http://cdn.example/"));
        (await Refused(Internet(server), "http://cdn.example/", Policy)).Refusal.ShouldBe(DownloadRefusal.TooManyRedirects);
        server.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task a_redirect_without_a_target_is_a_status()
    {
        await using var server = FakeServer.Saying("302 Found\r\nContent-Length: 0");
        var e = await Refused(Internet(server), "http://cdn.example/", Policy);
        (e.Refusal, e.Status).ShouldBe((DownloadRefusal.Status, 302));
    }

    [Fact]
    public async Task a_shop_on_this_machine_is_reached_by_its_exact_name_and_port_only()
    {
        await using var shop = FakeServer.Saying(FakeServer.Ok("image/png", 3), [1, 2, 3]);
        await using var neighbour = FakeServer.Saying(FakeServer.Ok("image/png", 3), [4, 5, 6]);
        var policy = Policy with { AllowHttp = false, LoopbackAllowed = [string.Create(CultureInfo.InvariantCulture, $"localhost:{shop.Port}")] };
        using var download = new SafeDownload(new SafeDownloadOptions());
        (await download.ToStreamAsync(At("localhost", shop), policy, Stream.Null, Token)).Length.ShouldBe(3);
        foreach (var address in new[] { At("localhost", neighbour), At("127.0.0.1", shop), At("localhost.", shop), At("a.localhost", shop) })
            await Should.ThrowAsync<DownloadException>(() => download.ToStreamAsync(address, policy, Stream.Null, Token));
        await Should.ThrowAsync<DownloadException>(() => download.ToStreamAsync(At("localhost", shop), policy with { LoopbackAllowed = [] }, Stream.Null, Token));
        shop.Requests.Count.ShouldBe(1);
        neighbour.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_shop_on_this_machine_may_redirect_to_itself_but_not_next_door()
    {
        await using var neighbour = FakeServer.Saying(FakeServer.Ok("image/png", 0));
        await using var shop = FakeServer.Routing(at => at.EndsWith("/in", StringComparison.Ordinal) ? FakeServer.Redirect("/file")
            : at.EndsWith("/out", StringComparison.Ordinal) ? FakeServer.Redirect(At("localhost", neighbour)) : FakeServer.Ok("image/png", 0));
        var policy = Policy with { LoopbackAllowed = [string.Create(CultureInfo.InvariantCulture, $"localhost:{shop.Port}")] };
        using var download = new SafeDownload(new SafeDownloadOptions());
        await download.ToStreamAsync(At("localhost", shop) + "in", policy, Stream.Null, Token);
        (await Should.ThrowAsync<DownloadException>(() => download.ToStreamAsync(At("localhost", shop) + "out", policy, Stream.Null, Token)))
            .Refusal.ShouldBe(DownloadRefusal.RedirectBlocked);
        neighbour.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("localhost:8080")]
    [InlineData("localhost:80")]
    public async Task the_internet_does_not_redirect_to_a_shop_on_this_machine(string place)
    {
        await using var server = FakeServer.Routing(_ => FakeServer.Redirect($"http://{place}/"));
        var internet = Internet(server).With("localhost", ["127.0.0.1"]);
        (await Refused(internet, "http://cdn.example/", Policy with { LoopbackAllowed = [place] })).Refusal.ShouldBe(DownloadRefusal.RedirectBlocked);
        internet.Dialled.ShouldBe([$"{FakeInternet.Public}:80"]);
    }

    [Fact]
    public async Task a_name_allowed_on_this_machine_must_lead_to_this_machine()
    {
        await using var server = FakeServer.Saying(FakeServer.Ok("image/png", 0));
        var internet = Internet(server).With("shop", ["10.0.0.1"]);
        (await Refused(internet, "http://shop:8080/", Policy with { LoopbackAllowed = ["shop:8080"] })).Refusal.ShouldBe(DownloadRefusal.AddressBlocked);
        internet.Dialled.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_shop_in_a_private_network_is_reached_by_its_exact_name_and_port_only()
    {
        await using var server = FakeServer.Saying(FakeServer.Ok("image/png", 3), [1, 2, 3]);
        var internet = Internet(server).With("shop.lan", ["10.0.0.5"]).With("other.lan", ["10.0.0.5"]);
        var policy = Policy with { AllowHttp = false, InsideAllowed = ["shop.lan:8080"] };
        using var download = internet.Download();
        (await download.ToStreamAsync("http://shop.lan:8080/", policy, Stream.Null, Token)).Length.ShouldBe(3);
        foreach (var address in new[] { "http://shop.lan/", "https://shop.lan/", "http://shop.lan:8081/", "https://other.lan/", "http://10.0.0.5:8080/" })
            await Should.ThrowAsync<DownloadException>(() => download.ToStreamAsync(address, policy, Stream.Null, Token));
        internet.Dialled.ShouldBe(["10.0.0.5:8080"]);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("fe80::1")]
    [InlineData("168.63.129.16")]
    public async Task a_name_allowed_in_a_private_network_leads_neither_to_this_machine_nor_to_the_clouds_own(string address)
    {
        await using var server = FakeServer.Saying(FakeServer.Ok("image/png", 0));
        var internet = Internet(server).With("shop.lan", [address]);
        (await Refused(internet, "http://shop.lan/", Policy with { InsideAllowed = ["shop.lan:80"] })).Refusal.ShouldBe(DownloadRefusal.AddressBlocked);
        internet.Dialled.ShouldBeEmpty();
    }

    [Fact]
    public async Task the_internet_does_not_redirect_to_a_shop_in_a_private_network()
    {
        await using var server = FakeServer.Routing(_ => FakeServer.Redirect("http://shop.lan/"));
        var internet = Internet(server).With("shop.lan", ["10.0.0.5"]);
        (await Refused(internet, "http://cdn.example/", Policy with { InsideAllowed = ["shop.lan:80"] })).Refusal.ShouldBe(DownloadRefusal.RedirectBlocked);
        internet.Dialled.ShouldBe([$"{FakeInternet.Public}:80"]);
    }

    [Fact]
    public async Task a_certificate_that_nobody_vouches_for_is_not_accepted()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var serving = ServeTlsAsync(listener, certificate);
        using var download = new SafeDownload(new SafeDownloadOptions());
        var e = await Should.ThrowAsync<DownloadException>(() => download.ToStreamAsync(
            $"https://localhost:{port}/", Policy with { LoopbackAllowed = [$"localhost:{port}"] }, Stream.Null, Token));
        (e.Refusal, e.MayPass).ShouldBe((DownloadRefusal.Unreachable, false));
        e.MerchantText.ShouldContain("certificate");
        (await serving).ShouldBeFalse("no request may be sent over it");
    }

    /// <summary>Whether the client sent anything after the handshake.</summary>
    private static async Task<bool> ServeTlsAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync(Token);
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
            return await tls.ReadAsync(new byte[1], Token) > 0;
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            return false;
        }
    }

    private static string At(int number) => string.Create(CultureInfo.InvariantCulture, $"http://cdn.example/{number}");

    private static string At(string host, FakeServer server) => string.Create(CultureInfo.InvariantCulture, $"http://{host}:{server.Port}/");

    private static FakeInternet Internet(FakeServer server) => new FakeInternet(server.Port).With("cdn.example", [FakeInternet.Public]);

    private static async Task<DownloadException> Refused(FakeInternet internet, string address, DownloadPolicy policy)
    {
        using var download = internet.Download();
        return await Should.ThrowAsync<DownloadException>(() => download.ToStreamAsync(address, policy, Stream.Null, Token));
    }
}
