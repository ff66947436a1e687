using System.Net;
using System.Net.Sockets;
using ProductVideo.Http;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Http;

/// <summary>Ways to write "this machine" and its neighbours. A real dual-stack listener counts what arrives; every name leads to loopback.</summary>
public sealed class SsrfFormsTests : IDisposable
{
    private readonly TcpListener _listener = TcpListener.Create(0);
    private readonly List<string> _dialled = [];
    private readonly SafeDownload _download;

    public SsrfFormsTests()
    {
        _listener.Start();
        _download = new SafeDownload(new SafeDownloadOptions(), new Loopback(), clock: null, DialAsync);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Forms => new(
        "http://127.0.0.1/", "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/",
        "http://0x7f.0x0.0x0.0x1/", "http://0177.0.0.1/", "http://017700000001/", "http://0177.0.0.01/", "http://127.2.3.4/",
        "http://127.255.255.254/", "http://127.0.0.1./", "http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://a.localhost/",
        "http://[::1]/", "http://[0:0:0:0:0:0:0:1]/", "http://[0000::0001]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/",
        "http://[0:0:0:0:0:ffff:127.0.0.1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::7f00:1]/",
        "http://[2002:7f00:1::]/", "http://[2001:0:7f00:1::]/", "http://[fe80::1]/", "http://[fe80::1%25lo]/", "http://[::1%25lo]/",
        "http://[::ffff:127.0.0.1%25lo]/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://127．0．0．1/", "http://127｡0｡0｡1/",
        "http://１２７.0.0.1/", "http://0/", "http://0.0.0.0/", "http://[::]/", "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data/", "http://[::ffff:169.254.169.254]/", "http://2852039166/", "http://100.100.100.200/",
        "http://168.63.129.16/", "http://[fd00:ec2::254]/", "http://metadata.google.internal/", "http://127.0.0.1.nip.example/",
        "http://shop.example@127.0.0.1/", "http://127.0.0.1#@shop.example/", "http://127.0.0.1?@shop.example/", "http://shop.example\\@127.0.0.1/",
        "http:\\\\127.0.0.1\\", "http:/127.0.0.1/", "http:127.0.0.1/", "http:///127.0.0.1/", "http://127.0.0.1\t/", " http://127.0.0.1/", "//127.0.0.1/",
        "127.0.0.1", "/etc/passwd", "HTTP://127.0.0.1/", "http://%31%32%37.0.0.1/", "http://127.0.0.1%00.shop.example/", "http://127.0.0.1%2f.shop.example/",
        "http://127.0.0.1\0.shop.example/", "http://224.0.0.1/", "http://255.255.255.255/", "file:///etc/passwd", "ftp://127.0.0.1/",
        "gopher://127.0.0.1/", "dict://127.0.0.1/", "data:text/plain,x", "jar:http://127.0.0.1!/", "unix:/var/run/x.sock", "");

    public void Dispose()
    {
        _download.Dispose();
        _listener.Dispose();
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task no_way_of_writing_it_reaches_this_machine(string address)
    {
        var policy = new DownloadPolicy { MaxBytes = 100, AllowHttp = true };
        await Should.ThrowAsync<DownloadException>(() => _download.ToStreamAsync(address, policy, Stream.Null, Token));
        _dialled.ShouldBeEmpty();
        _listener.Pending().ShouldBeFalse();
    }

    [Theory]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://[::1]")]
    [InlineData("http://localhost")]
    public async Task a_port_of_its_own_does_not_help(string start)
    {
        using var real = new SafeDownload(new SafeDownloadOptions());
        var policy = new DownloadPolicy { MaxBytes = 100, AllowHttp = true };
        var e = await Should.ThrowAsync<DownloadException>(() => real.ToStreamAsync($"{start}:{Port}/", policy, Stream.Null, Token));
        e.Refusal.ShouldBe(DownloadRefusal.HostNotAllowed);
        _listener.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task the_listener_does_count_where_the_policy_names_it()
    {
        using var real = new SafeDownload(new SafeDownloadOptions());
        var policy = new DownloadPolicy { MaxBytes = 100, LoopbackAllowed = [$"127.0.0.1:{Port}"] };
        var download = real.ToStreamAsync($"http://127.0.0.1:{Port}/", policy, Stream.Null, Token);
        using var arrived = await _listener.AcceptTcpClientAsync(Token);
        arrived.Connected.ShouldBeTrue();
        _listener.Stop();
        arrived.Close();
        (await Should.ThrowAsync<DownloadException>(() => download)).Refusal.ShouldBe(DownloadRefusal.Unreachable);
    }

    private string Port => ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private ValueTask<Stream> DialAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        _dialled.Add(address.ToString());
        return GuardedConnection.DialTcpAsync(IPAddress.Loopback, ((IPEndPoint)_listener.LocalEndpoint).Port, cancellationToken);
    }

    private sealed class Loopback : IDnsResolver
    {
        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.IPv6Loopback]);
    }
}
