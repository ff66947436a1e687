using ProductVideo.Hosting;
using ProductVideo.Tests.Http;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Hosting;

public sealed class ProductVideoOptionsTests
{
    [Theory]
    [MemberData(nameof(WebAddressTests.Unusable), MemberType = typeof(WebAddressTests))]
    [InlineData("ftp://video.example")]
    [InlineData("https://video.example/?a=1")]
    public void a_server_that_nobody_finds_does_not_start(string address) =>
        Mistakes(address).ShouldHaveSingleItem().ShouldContain("ProductVideo:PublicAddress");

    [Theory]
    [InlineData("https://video.example/pv")]
    [InlineData("https://läden.example")]
    public void these_are_found(string address) => Mistakes(address).ShouldBeEmpty();

    private static List<string> Mistakes(string address) =>
        [.. new ProductVideoOptionsValidation().Validate(name: null, new ProductVideoOptions { PublicAddress = new Uri(address) }).Failures ?? []];
}
