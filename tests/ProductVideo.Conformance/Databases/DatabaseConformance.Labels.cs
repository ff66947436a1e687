using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Catalog;
using ProductVideo.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Databases;

/// <content>Whether a shop wants a label in the picture.</content>
public abstract partial class DatabaseConformance
{
    [Fact]
    public async Task a_shops_label_is_as_it_was_switched_last()
    {
        await using var node = new DatabaseUnderTest(_folder, _options!, services => services.AddSingleton<IStorefront>(new ShopOfOneProductAPage()));
        var labels = node.Get<ShopLabels>();
        (await labels.FindAsync("paged", Token)).ShouldBeNull();
        foreach (var (isDrawn, by) in ((bool, string)[])[(true, "ann"), (false, "bo"), (true, "cy")])
        {
            var put = await labels.PutAsync("paged", isDrawn, by, Token);
            (put.IsDrawn, put.By).ShouldBe((isDrawn, by));
            (await labels.FindAsync("paged", Token)).ShouldBe(put);
        }
    }
}
