using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Http;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Http;

public sealed class SafeDownloadTests
{
    private static readonly DownloadPolicy Policy = new() { MaxBytes = 1_000_000, AllowHttp = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_file_is_streamed_with_its_length_type_and_hash()
    {
        var body = RandomNumberGenerator.GetBytes(300_000);
        await using var server = FakeServer.Saying(FakeServer.Ok("image/jpeg; charset=x", body.Length), body);
        using var download = Internet(server).Download();
        using var file = new MemoryStream();
        var result = await download.ToStreamAsync("http://cdn.example/a.jpg?sig=1", Policy, file, Token);
        file.ToArray().ShouldBe(body);
        result.ShouldBe(new DownloadResult(300_000, "image/jpeg", Convert.ToHexStringLower(SHA256.HashData(body)), new Uri("http://cdn.example/a.jpg?sig=1")));
    }

    [Fact]
    public async Task no_cookie_credential_trace_or_referrer_is_sent()
    {
        await using var server = FakeServer.Routing(at => at == "cdn.example/a"
            ? FakeServer.Redirect("http://cdn.example/b") + "\r\nSet-Cookie: a=b" : FakeServer.Ok("image/png", 0));
        using var download = Internet(server).Download();
        using var activity = new System.Diagnostics.Activity("test").Start();
        await download.ToStreamAsync("http://cdn.example/a", Policy, Stream.Null, Token);
        server.Requests.Count.ShouldBe(2);
        server.Requests.SelectMany(r => r.Headers.Keys).Distinct().Order().ShouldBe(["Accept", "Accept-Encoding", "Host", "User-Agent"]);
    }

    [Fact]
    public async Task http_needs_to_be_allowed()
    {
        (await Refused("http://cdn.example/", Policy with { AllowHttp = false })).Refusal.ShouldBe(DownloadRefusal.SchemeNotAllowed);
    }

    [Theory]
    [InlineData("http://user:secret@cdn.example/", DownloadRefusal.InvalidAddress)]
    [InlineData("http://cdn.example:8080/", DownloadRefusal.HostNotAllowed)]
    [InlineData("https://cdn.example:80/", DownloadRefusal.HostNotAllowed)]
    [InlineData("ftp://cdn.example/", DownloadRefusal.SchemeNotAllowed)]
    [InlineData("not an address", DownloadRefusal.InvalidAddress)]
    [InlineData("http://é-.example/", DownloadRefusal.InvalidAddress)]
    [InlineData("http://-é.example/", DownloadRefusal.InvalidAddress)]
    [InlineData("http://xn--é/", DownloadRefusal.InvalidAddress)]
    internal async Task an_address_is_refused_by_its_text(string address, DownloadRefusal refusal) =>
        (await Refused(address, Policy)).Refusal.ShouldBe(refusal);

    [Theory]
    [InlineData("cdn.example", true)]
    [InlineData("CDN.Example.", true)]
    [InlineData("a.cdn.example", true)]
    [InlineData("evilcdn.example", false)]
    [InlineData("example", false)]
    [InlineData("cdn.example.evil.test", false)]
    public async Task a_list_of_hosts_is_matched_label_by_label(string host, bool allowed)
    {
        await using var server = FakeServer.Saying(FakeServer.Ok("image/png", 0));
        var internet = Internet(server).With(host, [FakeInternet.Public]).With(host.TrimEnd('.'), [FakeInternet.Public]);
        using var download = internet.Download();
        var policy = Policy with { AllowedHosts = ["cdn.example"] };
        if (allowed)
            (await download.ToStreamAsync($"http://{host}/", policy, Stream.Null, Token)).Length.ShouldBe(0);
        else
            (await Should.ThrowAsync<DownloadException>(() => download.ToStreamAsync($"http://{host}/", policy, Stream.Null, Token))).Refusal.ShouldBe(DownloadRefusal.HostNotAllowed);
        internet.Dialled.Count.ShouldBe(allowed ? 1 : 0);
    }

    [Fact]
    public async Task a_file_without_a_media_type_is_taken_only_where_that_is_allowed()
    {
        await using var server = FakeServer.Saying("200 OK\r\nContent-Length: 3", [1, 2, 3]);
        using var download = Internet(server).Download();
        var policy = ProductVideo.Exchange.ProviderExchange.Elsewhere("video/", maxBytes: 1_000) with { AllowHttp = true };
        (await download.ToStreamAsync("http://cdn.example/7", policy, Stream.Null, Token)).ShouldSatisfyAllConditions(
            got => got.Length.ShouldBe(3), got => got.ContentType.ShouldBeNull());
        (await Should.ThrowAsync<DownloadException>(() => download.ToStreamAsync("http://cdn.example/7", policy with { MayNameNoType = false }, Stream.Null, Token)))
            .Refusal.ShouldBe(DownloadRefusal.ContentTypeNotAllowed);
    }

    [Fact]
    public async Task an_empty_list_of_hosts_allows_none() =>
        (await Refused("http://cdn.example/", Policy with { AllowedHosts = [] })).Refusal.ShouldBe(DownloadRefusal.HostNotAllowed);

    [Fact]
    public async Task one_private_address_among_public_ones_blocks_the_host()
    {
        await using var server = FakeServer.Saying(FakeServer.Ok("image/png", 0));
        var internet = Internet(server).With("mixed.example", [FakeInternet.Public, "10.0.0.7"]);
        using var download = internet.Download();
        (await Should.ThrowAsync<DownloadException>(() => download.ToStreamAsync("http://mixed.example/", Policy, Stream.Null, Token)))
            .Refusal.ShouldBe(DownloadRefusal.AddressBlocked);
        internet.Dialled.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_name_that_turns_private_later_is_dialled_only_where_it_was_checked()
    {
        await using var server = FakeServer.Saying(FakeServer.Ok("image/png", 0));
        var internet = Internet(server).With("rebind.example", [FakeInternet.Public], ["127.0.0.1"]);
        using var download = internet.Download();
        await download.ToStreamAsync("http://rebind.example/", Policy, Stream.Null, Token);
        internet.Resolved.ShouldBe(1);
        (await Should.ThrowAsync<DownloadException>(() => download.ToStreamAsync("http://rebind.example/", Policy, Stream.Null, Token)))
            .Refusal.ShouldBe(DownloadRefusal.AddressBlocked);
        internet.Dialled.ShouldBe([$"{FakeInternet.Public}:80"]);
    }

    [Fact]
    public async Task where_one_address_refuses_the_next_is_tried()
    {
        await using var server = FakeServer.Saying(FakeServer.Ok("image/png", 0));
        var internet = Internet(server).With("two.example", [FakeInternet.Refusing, FakeInternet.Public]).With("down.example", [FakeInternet.Refusing]);
        using var download = internet.Download();
        await download.ToStreamAsync("http://two.example/", Policy, Stream.Null, Token);
        var e = await Should.ThrowAsync<DownloadException>(() => download.ToStreamAsync("http://down.example/", Policy, Stream.Null, Token));
        (e.Refusal, e.MayPass).ShouldBe((DownloadRefusal.Unreachable, true));
    }

    [Fact]
    public async Task a_server_that_leaves_in_the_moment_of_connecting_may_be_asked_again()
    {
        await using var server = FakeServer.Saying(FakeServer.Ok("image/png", 0));
        using var download = Internet(server).With("leaving.example", [FakeInternet.Leaving]).Download();
        var e = await Should.ThrowAsync<DownloadException>(() => download.ToStreamAsync("http://leaving.example/", Policy, Stream.Null, Token));
        (e.Refusal, e.MayPass).ShouldBe((DownloadRefusal.Unreachable, true));
    }

    [Fact]
    public async Task where_one_address_swallows_everything_the_next_is_tried_soon()
    {
        await using var server = FakeServer.Saying(FakeServer.Ok("image/png", 0));
        var clock = new FakeTimeProvider();
        var internet = Internet(server).With("two.example", [FakeInternet.Silent, FakeInternet.Public]);
        using var download = internet.Download(clock);
        var get = download.ToStreamAsync("http://two.example/", Policy, Stream.Null, Token);
        await internet.SilentDialled.Task;
        clock.Advance(TimeSpan.FromSeconds(3));
        await get;
        internet.Dialled.ShouldBe([$"[{FakeInternet.Silent}]:80", $"{FakeInternet.Public}:80"]);
    }

    [Fact]
    public async Task a_mapped_address_is_dialled_as_the_ipv4_address_it_is()
    {
        await using var server = FakeServer.Saying(FakeServer.Ok("image/png", 0));
        var internet = Internet(server).With("mapped.example", ["::ffff:93.184.216.34"]);
        using var download = internet.Download();
        await download.ToStreamAsync("http://mapped.example/", Policy, Stream.Null, Token);
        internet.Dialled.ShouldBe(["93.184.216.34:80"]);
    }

    [Theory]
    [InlineData(404, false)]
    [InlineData(403, false)]
    [InlineData(204, false)]
    [InlineData(206, false)]
    [InlineData(304, false)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(501, false)]
    public async Task another_status_than_200_is_a_failure_that_may_pass_or_not(int status, bool mayPass)
    {
        await using var server = FakeServer.Saying(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{status} X\r\nContent-Length: 0"));
        var e = await Refused(server, "http://cdn.example/", Policy);
        (e.Refusal, e.Status, e.MayPass).ShouldBe((DownloadRefusal.Status, status, mayPass));
    }

    [Theory]
    [InlineData("video/mp4", true)]
    [InlineData("VIDEO/webm", true)]
    [InlineData("text/html", false)]
    [InlineData("image/video", false)]
    public async Task only_the_media_types_asked_for_are_taken(string type, bool taken)
    {
        await using var server = FakeServer.Saying(FakeServer.Ok(type, 5), "<html"u8.ToArray());
        using var download = Internet(server).Download();
        using var file = new MemoryStream();
        var get = () => download.ToStreamAsync("http://cdn.example/", Policy with { ContentTypes = ["video/"] }, file, Token);
        if (taken)
            (await get()).Length.ShouldBe(5);
        else
            (await Should.ThrowAsync<DownloadException>(get)).Refusal.ShouldBe(DownloadRefusal.ContentTypeNotAllowed);
        file.Length.ShouldBe(taken ? 5 : 0);
    }

    [Fact]
    public async Task no_media_type_is_none_of_those_asked_for()
    {
        await using var server = FakeServer.Saying("200 OK\r\nContent-Length: 0");
        (await Refused(server, "http://cdn.example/", Policy with { ContentTypes = ["video/"] })).Refusal.ShouldBe(DownloadRefusal.ContentTypeNotAllowed);
    }

    [Fact]
    public async Task a_body_that_is_announced_too_long_is_not_read()
    {
        await using var server = FakeServer.Saying(FakeServer.Ok("image/png", 1_000_001));
        (await Refused(server, "http://cdn.example/", Policy)).Refusal.ShouldBe(DownloadRefusal.TooManyBytes);
    }

    [Fact]
    public async Task a_body_of_exactly_the_limit_is_taken()
    {
        await using var server = FakeServer.Saying("200 OK", new byte[1_000_000]);
        using var download = Internet(server).Download();
        (await download.ToStreamAsync("http://cdn.example/", Policy, Stream.Null, Token)).Length.ShouldBe(1_000_000);
    }

    [Fact]
    public async Task an_endless_body_is_cut_at_the_limit()
    {
        await using var server = new FakeServer(async (_, stream, stop) =>
        {
            await FakeServer.SendAsync(stream, "200 OK", [], stop);
            while (true)
                await stream.WriteAsync(new byte[10_000], stop);
        });
        using var download = Internet(server).Download();
        using var file = new MemoryStream();
        (await Should.ThrowAsync<DownloadException>(() => download.ToStreamAsync("http://cdn.example/", Policy, file, Token)))
            .Refusal.ShouldBe(DownloadRefusal.TooManyBytes);
        file.Length.ShouldBeLessThanOrEqualTo(Policy.MaxBytes);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task a_compressed_bomb_is_cut_at_the_limit_of_what_it_unpacks_to(string encoding)
    {
        using var packed = new MemoryStream();
        await using (Stream zip = encoding == "gzip" ? new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true) : new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            await zip.WriteAsync(new byte[20_000_000], Token);
        packed.Length.ShouldBeLessThan(20_500);
        await using var server = FakeServer.Saying(FakeServer.Ok("image/png", (int)packed.Length, $"\r\nContent-Encoding: {encoding}"), packed.ToArray());
        using var download = Internet(server).Download();
        using var file = new MemoryStream();
        (await Should.ThrowAsync<DownloadException>(() => download.ToStreamAsync("http://cdn.example/", Policy, file, Token)))
            .Refusal.ShouldBe(DownloadRefusal.TooManyBytes);
        file.Length.ShouldBeLessThanOrEqualTo(Policy.MaxBytes);
    }

    [Fact]
    public async Task a_body_that_breaks_off_is_not_taken_for_the_whole()
    {
        await using var server = FakeServer.Saying(FakeServer.Ok("image/png", 1000), new byte[900]);
        var e = await Refused(server, "http://cdn.example/", Policy);
        (e.Refusal, e.MayPass).ShouldBe((DownloadRefusal.Unreachable, true));
    }

    [Fact]
    public async Task a_server_that_never_answers_is_left_when_the_time_is_over()
    {
        var asked = new TaskCompletionSource();
        await using var server = new FakeServer(async (_, _, stop) =>
        {
            asked.SetResult();
            await FakeServer.FallSilentAsync(stop);
        });
        var clock = new FakeTimeProvider();
        using var download = Internet(server).Download(clock);
        var get = download.ToStreamAsync("http://cdn.example/", Policy, Stream.Null, Token);
        await asked.Task;
        clock.Advance(TimeSpan.FromSeconds(29));
        get.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(2));
        var e = await Should.ThrowAsync<DownloadException>(() => get);
        (e.Refusal, e.MayPass).ShouldBe((DownloadRefusal.TimedOut, true));
    }

    [Fact]
    public async Task a_server_that_drips_is_left_when_the_time_is_over()
    {
        var clock = new FakeTimeProvider();
        await using var server = new FakeServer(async (_, stream, stop) =>
        {
            await FakeServer.SendAsync(stream, "200 OK\r\nContent-Length: 100", [], stop);
            for (var i = 0; i < 100; i++)
            {
                await stream.WriteAsync(new byte[1], stop);
                clock.Advance(TimeSpan.FromSeconds(1));
            }

            await FakeServer.FallSilentAsync(stop);
        });
        using var download = Internet(server).Download(clock);
        (await Should.ThrowAsync<DownloadException>(() => download.ToStreamAsync("http://cdn.example/", Policy with { MaxBytes = 1000 }, Stream.Null, Token)))
            .Refusal.ShouldBe(DownloadRefusal.TimedOut);
    }

    [Fact]
    public async Task being_cancelled_is_no_fault_of_the_server()
    {
        var asked = new TaskCompletionSource();
        await using var server = new FakeServer(async (_, _, stop) =>
        {
            asked.SetResult();
            await FakeServer.FallSilentAsync(stop);
        });
        using var download = Internet(server).Download();
        using var cancelled = new CancellationTokenSource();
        var get = download.ToStreamAsync("http://cdn.example/", Policy, Stream.Null, cancelled.Token);
        await asked.Task;
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => get);
    }

    [Fact]
    public async Task what_the_destination_throws_is_the_callers_own()
    {
        await using var server = FakeServer.Saying(FakeServer.Ok("image/png", 10), new byte[10]);
        using var download = Internet(server).Download();
        using var full = new MemoryStream(new byte[3]);
        await Should.ThrowAsync<NotSupportedException>(() => download.ToStreamAsync("http://cdn.example/", Policy, full, Token));
    }

    [Fact]
    public async Task a_name_that_does_not_exist_will_not_pass_by_itself()
    {
        var e = await Refused("http://nowhere.example/", Policy);
        (e.Refusal, e.MayPass).ShouldBe((DownloadRefusal.Unreachable, false));
    }

    [Fact]
    public async Task neither_signature_nor_password_is_in_any_text()
    {
        await using var server = FakeServer.Routing(_ => FakeServer.Redirect("http://cdn.example/next?sig=CANARY2#CANARY3"));
        foreach (var address in new[] { "http://cdn.example/a?sig=CANARY1", "http://me:CANARY4@cdn.example/", "ftp://me:CANARY5@cdn.example/x?CANARY6", "http://CANARY 7" })
            (await Refused(server, address, Policy)).ToString().ShouldNotContain("CANARY");
    }

    [Fact]
    public void it_is_registered_once_and_checks_its_options()
    {
        using var services = new ServiceCollection().AddSafeDownload().AddSafeDownload().BuildServiceProvider();
        services.GetServices<SafeDownload>().ShouldHaveSingleItem();
        using var wrong = new ServiceCollection().AddSafeDownload(o => (o.MaxRedirects, o.ConnectTimeout) = (99, TimeSpan.Zero)).BuildServiceProvider();
        Should.Throw<Microsoft.Extensions.Options.OptionsValidationException>(() => wrong.GetRequiredService<SafeDownload>()).Failures.Count().ShouldBe(2);
    }

    private static FakeInternet Internet(FakeServer server) => new FakeInternet(server.Port).With("cdn.example", [FakeInternet.Public]);

    private static async Task<DownloadException> Refused(string address, DownloadPolicy policy)
    {
        await using var server = FakeServer.Saying(FakeServer.Ok("image/png", 0));
        var e = await Refused(server, address, policy);
        server.Requests.ShouldBeEmpty();
        return e;
    }

    private static async Task<DownloadException> Refused(FakeServer server, string address, DownloadPolicy policy)
    {
        using var download = Internet(server).Download();
        var e = await Should.ThrowAsync<DownloadException>(() => download.ToStreamAsync(address, policy, Stream.Null, Token));
        e.MerchantText.ShouldEndWith(".");
        return e;
    }
}
