using ProductVideo.Generations;
using ProductVideo.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Pipeline;

public sealed class ShopsTests
{
    [Fact]
    public void where_no_shop_is_connected_yet_that_is_said_and_how_one_is()
    {
        var refused = Should.Throw<RefusedException>(() => new Shops([]).Get("sample"));
        refused.Problem.MerchantText.ShouldBe("There is no shop 'sample' here: none is connected yet. Connect one on the page “Shops”, or name one in the settings.");
    }

    [Fact]
    public void where_there_are_shops_they_are_named() =>
        Should.Throw<RefusedException>(() => new Shops([new MemoryShop()]).Get("nowhere")).Problem.MerchantText.ShouldBe("There is no shop 'nowhere' here. The shops are: test.");
}
