using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Security;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

/// <summary>Requests that no endpoint takes.</summary>
public sealed class UnmatchedEndpointTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task a_form_is_not_taken_for_a_command()
    {
        var client = await api.CallerAsync();
        var answer = await client.PostAsync("/api/v1/generations", new FormUrlEncodedContent([new("product", "mug")]));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await ApiFixture.JsonAsync(answer)).GetProperty("code").GetString().ShouldBe("unsupported_content_type");
        (await client.PostAsync("/api/v1/nowhere", new FormUrlEncodedContent([new("product", "mug")]))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var nothing = await client.PostAsync($"/api/v1/generations/{Guid.NewGuid()}/retry", content: null);
        nothing.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        var problem = await ApiFixture.JsonAsync(nothing);
        (problem.GetProperty("code").GetString(), problem.GetProperty("field").GetString()).ShouldBe(("unsupported_content_type", "Content-Type"));
        problem.GetProperty("detail").GetString()!.ShouldContain("{} if there is nothing to say");
    }

    [Fact]
    public void every_command_says_that_it_reads_json()
    {
        var commands = ((IEndpointRouteBuilder)api.App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal)
                && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is ["POST" or "PUT" or "PATCH"]).ToList();
        commands.Count.ShouldBeGreaterThan(20);
        commands.Where(command => command.Metadata.GetMetadata<IAcceptsMetadata>() is null).Select(command => command.RoutePattern.RawText).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("PUT", "stops", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("PUT", "stops", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("PATCH", "stops", "application/json", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "nowhere", null, HttpStatusCode.NotFound)]
    [InlineData("POST", "generations/7f0c0f6e-5a4f-4c6e-9d53-1f7f8f1d2a10/approve", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("PUT", "generations/7f0c0f6e-5a4f-4c6e-9d53-1f7f8f1d2a10/approve", null, HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "generations/not-a-guid/approve", null, HttpStatusCode.NotFound)]
    [InlineData("POST", "generations/not-a-guid/approve", "application/json", HttpStatusCode.NotFound)]
    [InlineData("PUT", "generations/not-a-guid/approve", null, HttpStatusCode.NotFound)]
    [InlineData("PATCH", "webhook-endpoints/17", "text/plain", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "budgets/17", null, HttpStatusCode.NotFound)]
    [InlineData("PUT", "shops/not-a-guid/providers", null, HttpStatusCode.UnsupportedMediaType)]
    public async Task whatever_a_key_may_it_is_told_what_is_wrong_with_the_request(string method, string address, string? type, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/" + address);
        request.Content = type is null ? null : new StringContent("{}", new MediaTypeHeaderValue(type));
        (await (await api.CallerAsync(null, Scopes.SpendingManage)).SendAsync(request)).StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("TRACE")]
    public async Task a_method_that_the_api_does_not_have_is_refused_as_such(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/generations");
        var answer = await (await api.CallerAsync()).SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Content.Headers.Allow.ShouldBe(["GET", "POST"], ignoreOrder: true);
        (await ApiFixture.JsonAsync(answer)).GetProperty("code").GetString().ShouldBe("method_not_allowed");
    }
}
