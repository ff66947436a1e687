using System.Net;
using System.Net.Sockets;
using ProductVideo.Host.Commands;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.CommandLine;

public sealed class ServerAddressTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("pv-address-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private Task<string?> AnsweringAsync() => ServerAddress.AnsweringAsync(_data, TestContext.Current.CancellationToken);

    [Fact]
    public async Task a_server_runs_where_something_listens_at_the_address_that_it_left()
    {
        (await AnsweringAsync()).ShouldBeNull("none ever ran");
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var address = $"http://{server.LocalEndpoint}";
        await using var left = ServerAddress.Leave(_data, address);
        (await AnsweringAsync()).ShouldBe(address);

        server.Stop();
        (await AnsweringAsync()).ShouldBeNull("it was killed, and left its address");
        await using var half = ServerAddress.Leave(_data, "half an addr");
        (await AnsweringAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task who_ends_first_leaves_the_address_of_who_still_runs(bool runs)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://{listener.LocalEndpoint}";
        var server = ServerAddress.Leave(_data, address);
        var demo = ServerAddress.Leave(_data, "http://127.0.0.1:6002");
        ServerAddress.Read(_data).ShouldBe("http://127.0.0.1:6002");
        if (!runs)
            listener.Stop();
        await demo.DisposeAsync();
        Directory.GetFiles(_data).Length.ShouldBe(runs ? 1 : 0, "one that was killed is not put back");
        if (runs)
            ServerAddress.Read(_data).ShouldBe(address);
        await server.DisposeAsync();
        Directory.GetFiles(_data).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080", "http://127.0.0.1:5080")]
    [InlineData("http://[::]:5080", "http://[::1]:5080")]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080")]
    [InlineData("http://192.168.1.7:80", "http://192.168.1.7:80")]
    public void a_server_that_listens_on_all_addresses_is_reached_at_this_machines_own(string listened, string reached) => ServerAddress.FromHere(listened).ShouldBe(reached);
}
