using ProductVideo.Catalog;
using ProductVideo.Planning;
using ProductVideo.Prompts;
using ProductVideo.PromptTemplates;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Tests.Prompts;

/// <summary>Products and models that the tests of prompts and plans share.</summary>
internal static class Products
{
    public static readonly TemplateCatalog Templates = TemplateFolder.Load();

    public static readonly Composer Composer = new(Templates);

    public static readonly ProductSnapshot Mug = new()
    {
        Ref = new ProductRef("sample", "mug-1"),
        Title = "Stoneware mug Sage, 350 ml",
        Description = "A wide mug with a matt glaze, thrown by hand.\nMaterial: stoneware\nUse: coffee and tea\nDishwasher safe.",
        Vendor = "Nordlys",
        ProductType = "Mugs",
        Tags = ["kitchen", "handmade"],
        Variants = [new ProductVariant("v1", new Dictionary<string, string> { ["Color"] = "Sage" }, new Money(24.9m, "EUR"), "i1")],
        Images = [Image(1, 1600, 1600), Image(2, 1600, 1600), Image(3, 1200, 1600, "Detail of the glaze")],
        Price = new Money(24.9m, "EUR"),
        Locale = "en",
        Version = "1",
    };

    public static readonly ProductSnapshot GermanWallet = new()
    {
        Ref = new ProductRef("sample", "wallet-1"),
        Title = "Geldbeutel „Elbe“ aus Leder",
        Description = "Handgenäht in Hamburg.\nFarbe: Cognac\nMaße: 11 x 9 cm\nVerwendung: Karten und Münzen",
        Vendor = "Hafenwerk",
        ProductType = "Geldbeutel",
        Images = [Image(1, 2400, 1600)],
        Price = new Money(1249.5m, "EUR"),
        Locale = "de",
        Version = "1",
    };

    public static readonly ProductSnapshot ArabicCandle = new()
    {
        Ref = new ProductRef("sample", "candle-1"),
        Title = "شمعة معطرة برائحة العود",
        Description = "شمعة مصنوعة يدويا.\nاللون: أبيض\nالحجم: 200 غ\nالاستخدام: غرفة المعيشة",
        Vendor = "دار العود",
        ProductType = "شمعة",
        Images = [Image(1, 1080, 1350), Image(2, 400, 400)],
        Price = new Money(12.5m, "KWD"),
        Locale = "ar",
        Version = "1",
    };

    /// <summary>The local renderer's kind: films pictures as they are and takes no prompt.</summary>
    public static readonly ProviderCapabilities Local = new()
    {
        Modes = VideoModes.Slideshow,
        Duration = DurationRule.Between(3, 60),
        Resolutions = ["1080P", "720P"],
        Aspect = new AspectRule(["1:1", "4:5", "9:16", "16:9"], FollowsImage: false),
        Images = new ImageRule { Formats = ["jpeg"], MaxCount = 20 },
        Prompt = new PromptRule { MaxUnits = 0 },
        Correlation = CorrelationClass.Key,
        KeepsPixels = true,
    };

    /// <summary>HappyHorse's kind: up to nine pictures named in the prompt, no negative prompt, always with sound.</summary>
    public static readonly ProviderCapabilities HappyHorse = new()
    {
        Modes = VideoModes.References,
        Duration = DurationRule.Between(3, 15),
        Resolutions = ["1080P", "720P"],
        Aspect = new AspectRule(["16:9", "9:16", "1:1", "4:3", "3:4", "4:5", "5:4", "9:21", "21:9"], FollowsImage: false),
        Images = new ImageRule { Formats = ["jpeg", "png", "webp"], MaxCount = 9, MinSide = 400 },
        Prompt = new PromptRule { MaxUnits = 5000, Unit = PromptUnit.CjkCountsDouble, ImageReference = "[Image {0}]" },
        Audio = AudioSupport.Always,
        TakesSeed = true,
        Correlation = CorrelationClass.ListOnly,
    };

    public static ComposeOptions For(ProviderCapabilities model) => new() { ProviderKey = "test", Model = "m", Capabilities = model };

    public static Composition Compose(ProductSnapshot product, ProviderCapabilities model) => Composer.Compose(product, For(model));

    public static ProductImage Image(int n, int width, int height, string? alt = null) =>
        new(FormattableString.Invariant($"i{n}"), FormattableString.Invariant($"images/{n}.jpg"), FormattableString.Invariant($"{n:x64}"), width, height, "jpeg", HasAlpha: false, alt);
}
