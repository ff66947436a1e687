using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Admin.Videos;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class VideosOfShopsTests : AdminPages
{
    private readonly MemoryShop _other = new() { Shop = "other", DisplayName = "Other shop" };

    internal override void AddTo(IServiceCollection services) => services.AddSingleton<IStorefront>(_other);

    [Fact]
    public async Task where_there_are_several_shops_each_video_says_whose_it_is_and_one_shop_can_be_chosen()
    {
        _other.Add("lamp", ("front.jpg", PipelineFixture.Picture(800, 600)));
        await Pipeline.OrderAsync();
        var lamp = (await Generations.CreateAsync(
            new ProductRef("other", "lamp"), VideoWishes.None, new Requester("merchant", GenerationOrigin.Click), key: null, CancellationToken.None)).Generation;

        var page = Render<VideosPage>();
        page.FindAll("[data-testid=row-shop]").Select(shop => shop.TextContent).ShouldBe(["Other shop", "Test shop"], ignoreOrder: true);
        await page.Find("[data-testid=shop-filter]").ChangeAsync("other");
        new Uri(Navigation.Uri).Query.ShouldBe("?shop=other");
        page.WaitForAssertion(() => page.FindAll("[data-testid=video-row]").ShouldHaveSingleItem().GetAttribute("data-video").ShouldBe($"{lamp.Id}"));
        page.FindAll("[data-testid=row-shop]").ShouldBeEmpty();

        Render<OrderFacts>(with => with.Add(facts => facts.Video, lamp)).Find("[data-testid=of-shop]").TextContent.ShouldBe("Other shop");
    }

    [Fact]
    public void a_shop_that_is_nobodys_is_told()
    {
        Navigation.NavigateTo("/videos?shop=elsewhere");
        Render<VideosPage>().Find("[role=alert]").TextContent.ShouldContain("There is no shop “elsewhere” here.");
    }
}
