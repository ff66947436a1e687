using ProductVideo.Host.Commands;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.CommandLine;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("http://0.0.0.0:5080", "http://127.0.0.1:5080")]
    [InlineData("http://[::]:5080", "http://[::1]:5080")]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080")]
    [InlineData("http://192.168.1.7:80", "http://192.168.1.7:80")]
    public void a_server_that_listens_on_all_addresses_is_reached_at_this_machines_own(string listened, string reached) => ServerAddress.FromHere(listened).ShouldBe(reached);
}
