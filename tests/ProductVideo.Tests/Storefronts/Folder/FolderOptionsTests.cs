using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProductVideo.Catalog;
using ProductVideo.Storefronts.Folder;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Folder;

public sealed class FolderOptionsTests : IDisposable
{
    private readonly ShopFolder _folder = new();

    [Fact]
    public void all_mistakes_are_reported_at_once()
    {
        var result = new FolderOptionsValidation().Validate("x", new() { Shop = "No Key", DisplayName = " ", ListingPrefix = "shop" });
        result.Failures!.Count().ShouldBe(5);
        result.Failures!.ShouldAllBe(f => f.StartsWith("Folder shop “x”: ", StringComparison.Ordinal));
    }

    [Fact]
    public void sound_options_pass() => new FolderOptionsValidation().Validate("x", _folder.Options).Succeeded.ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("state")]
    [InlineData("..")]
    public void the_state_never_lies_in_the_shops_folder_nor_around_it(string below)
    {
        var options = _folder.Options;
        options.StatePath = Path.Combine(_folder.Path, below);
        new FolderOptionsValidation().Validate("x", options).FailureMessage!.ShouldContain("inside each other");
    }

    [Fact]
    public void a_folder_that_is_not_there_is_a_mistake()
    {
        var options = _folder.Options;
        options.Path += "-gone";
        new FolderOptionsValidation().Validate("x", options).FailureMessage!.ShouldContain("not a folder");
    }

    [Fact]
    public void several_shops_live_side_by_side()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddFolderStorefront("one", o => (o.Path, o.StatePath) = (_folder.Path, _folder.StatePath));
        services.AddFolderStorefront("two", o => (o.Path, o.StatePath, o.DisplayName) = (_folder.Path, _folder.StatePath + "2", "Second"));
        using var provider = services.BuildServiceProvider();

        provider.GetServices<IStorefront>().Select(s => s.Shop).ShouldBe(["one", "two"]);
        provider.GetRequiredKeyedService<FolderStorefront>("two").ShouldBeSameAs(provider.GetServices<IStorefront>().Last());
        provider.GetServices<IStorefront>().Last().DisplayName.ShouldBe("Second");
    }

    [Fact]
    public void a_shop_with_wrong_options_cannot_be_opened()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddFolderStorefront("one", o => o.Path = _folder.Path);
        using var provider = services.BuildServiceProvider();
        Should.Throw<OptionsValidationException>(() => provider.GetServices<IStorefront>().ToList()).Message.ShouldContain("StatePath");
    }

    public void Dispose() => _folder.Dispose();
}
