using ProductVideo.Http;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Http;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("https://me:pw@cdn.example:8443/a/b.mp4?sig=x&y#z", "https://cdn.example:8443/a/b.mp4?…")]
    [InlineData("https://cdn.example/a%20b", "https://cdn.example/a%20b")]
    [InlineData("http://cdn.example", "http://cdn.example/")]
    [InlineData("http://cdn.example/#token", "http://cdn.example/")]
    [InlineData("ftp://me:pw@cdn.example/a?b", "ftp:…")]
    [InlineData("data:text/plain,secret", "data:…")]
    [InlineData("a secret", "(an unreadable address)")]
    public void only_what_is_no_secret_stays(string address, string wanted) => Redaction.Of(address).ShouldBe(wanted);

    [Fact]
    public void a_relative_address_is_not_shown() => Redaction.Of(new Uri("a?b=c", UriKind.Relative)).ShouldBe("(a relative address)");
}
