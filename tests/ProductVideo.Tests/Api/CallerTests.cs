using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using ProductVideo.Api;
using ProductVideo.Generations;
using ProductVideo.Webhooks.Outgoing;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

public sealed class CallerTests
{
    /// <summary>As they came over the wire: what is set in code is left out where it is empty.</summary>
    private sealed class SentHeaders(string name, string value) : HeaderDictionary(new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase) { [name] = value });

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("Schlüssel")]
    public void an_idempotency_key_that_is_none_is_refused_and_named(string sent)
    {
        var http = new DefaultHttpContext();
        http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.Headers = new SentHeaders("idempotency-key", sent);
        var refused = Should.Throw<RefusedException>(() => Caller.IdempotencyKey(http.Request, new ClaimsPrincipal()));
        (refused.Kind, refused.Problem.Code, refused.Field).ShouldBe((RefusalKind.Invalid, "invalid_request", "Idempotency-Key"));
    }

    [Theory]
    [InlineData("Waiting")]
    [InlineData("delivered")]
    public void a_word_of_an_address_is_read_in_whatever_capitals(string word) =>
        Caller.Known<DeliveryState>(word, "state").ToString().ShouldBe(word, StringCompareShould.IgnoreCase);

    [Theory]
    [InlineData("1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData(" waiting")]
    [InlineData("waiting,delivered")]
    [InlineData("delivered, failed")]
    public void several_words_or_a_number_are_none(string word)
    {
        var refused = Should.Throw<RefusedException>(() => Caller.Known<DeliveryState>(word, "state"));
        (refused.Problem.Code, refused.Field).ShouldBe(("invalid_request", "state"));
        refused.Problem.MerchantText.ShouldContain("waiting");
    }

    [Fact]
    public void without_one_a_request_is_followed_as_often_as_it_is_sent() => Caller.IdempotencyKey(new DefaultHttpContext().Request, new ClaimsPrincipal()).ShouldBeNull();
}
