using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Catalog;
using ProductVideo.Exchange;
using ProductVideo.Hosting;
using ProductVideo.Http;
using ProductVideo.Storefronts;
using ProductVideo.Storefronts.WooCommerce;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Exchange;

public sealed class LargeAnswersTests
{
    [Fact]
    public async Task a_list_of_a_hundred_tasks_that_repeat_their_two_largest_pictures_is_read()
    {
        var picture = Convert.ToBase64String(new byte[PictureCarrier.LargestEchoed]);
        var task = $$$"""{"id":"1","input":{"prompt":"{{{new string('p', 5_000)}}}","image":"data:image/jpeg;base64,{{{picture}}}","last_image":"data:image/jpeg;base64,{{{picture}}}"}}""";
        var list = Encoding.UTF8.GetBytes($$"""{"results":[{{string.Join(',', Enumerable.Repeat(task, 100))}}]}""");
        await using var server = WebApplication.CreateSlimBuilder().Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapGet("/", () => Results.Bytes(list, "application/json"));
        await server.StartAsync(TestContext.Current.CancellationToken);
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddProductVideo().Services.AddProviderExchange();
        await using var app = builder.Build();

        using var request = new HttpRequestMessage(HttpMethod.Get, server.Urls.Single());
        var answer = await app.Services.GetRequiredService<ProviderExchange>().AskAsync(request, TestContext.Current.CancellationToken);
        answer.ShouldBeOfType<SubmitAnswer.Answered>().Body.Length.ShouldBe(list.Length);
    }

    [Fact]
    public async Task a_shops_answer_that_is_too_large_is_told_as_that_and_not_as_a_shop_that_is_away()
    {
        await using var server = WebApplication.CreateSlimBuilder().Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapGet("/", () => Results.Bytes(new byte[20_000_001], "application/json"));
        await server.StartAsync(TestContext.Current.CancellationToken);
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddProductVideo().Services.AddStorefrontKind<WooCommerceKind>();
        await using var app = builder.Build();

        using var request = new HttpRequestMessage(HttpMethod.Get, server.Urls.Single());
        var refused = await Should.ThrowAsync<StorefrontException>(() => app.Services.GetRequiredService<ShopExchange>().AskAsync(request, TestContext.Current.CancellationToken));
        (refused.Fault, ShopExchange.IsTooMuch(refused), refused.MerchantText).ShouldBe((StorefrontFault.InvalidData, true, ShopWords.TooMuch));
    }
}
