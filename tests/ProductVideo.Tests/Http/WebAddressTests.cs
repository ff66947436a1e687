using ProductVideo.Http;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Http;

public sealed class WebAddressTests
{
    /// <summary>Addresses that <see cref="Uri"/> takes, and no name server.</summary>
    public static TheoryData<string> Unusable => new("https://é-.example/", "https://-é.example/", "https://xn--é/", "https://shop.example…", "https://shop.example\u2028/");

    [Theory]
    [MemberData(nameof(Unusable))]
    public void a_name_that_no_name_server_can_be_asked_for_is_none(string address)
    {
        Uri.TryCreate(address, UriKind.Absolute, out _).ShouldBeTrue();
        WebAddress.TryRead(address, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/a.jpg")]
    [InlineData("shop.example/a")]
    public void what_is_no_whole_address_is_none(string? address) =>
        (WebAddress.TryRead(address, out var read) && read.Scheme != Uri.UriSchemeFile).ShouldBeFalse();

    [Theory]
    [InlineData("https://shop.example/")]
    [InlineData("https://läden.example/a")]
    [InlineData("https://xn--lden-loa.example/")]
    [InlineData("http://[::1]:8080/")]
    [InlineData("ftp://shop.example/")]
    public void others_are_read(string address) => WebAddress.TryRead(address, out _).ShouldBeTrue();
}
