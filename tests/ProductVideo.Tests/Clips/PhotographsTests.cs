using NetVips;
using ProductVideo.Clips;
using ProductVideo.Imaging;
using ProductVideo.Providers;
using ProductVideo.Tests.Architecture;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Clips;

/// <summary>
/// What the comparing finds, and what it lets pass, in the sample shop's photographs: the limits were set by these counts, and a change of
/// them must show here which way it goes.
/// </summary>
public sealed class PhotographsTests : IAsyncLifetime
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "src", "ProductVideo.Host", "SampleShop", "images");

    private readonly Dictionary<string, SmallPicture> _photographs = new(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        foreach (var file in Directory.EnumerateFiles(s_folder, "*.*", SearchOption.AllDirectories).Where(file => !file.EndsWith("cutout.png", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            _photographs[Path.GetRelativePath(s_folder, file)] = await PictureSample.OfAsync(await File.ReadAllBytesAsync(file), TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(0, 1.15, 1.15, 1.15)]
    [InlineData(0, 0.7, 0.7, 0.7)]
    [InlineData(0, 1, 0.88, 0.72)]
    [InlineData(0, 0.82, 0.92, 1)]
    public void another_light_makes_no_other_product(double hue, double r, double g, double b) => Doubted(hue, r, g, b).ShouldBe(0);

    [Theory]
    [InlineData(60, 18)]
    [InlineData(90, 19)]
    [InlineData(180, 20)]
    [InlineData(270, 19)]
    public void a_product_in_another_colour_is_doubted(double hue, int atLeast)
    {
        Comparable.ShouldBe(20);
        Doubted(hue, 1, 1, 1).ShouldBeGreaterThanOrEqualTo(atLeast);
    }

    [Fact]
    public void a_clip_that_begins_with_another_product_is_doubted()
    {
        var pairs = (
            from sent in _photographs
            from seen in _photographs
            where Path.GetDirectoryName(sent.Key) != Path.GetDirectoryName(seen.Key)
            select new Likeness([(ImageRole.FirstFrame, sent.Value)], [seen.Value]).Judge(VideoModes.FirstFrame, sameRatio: true).All(check => check.Passed)).ToList();
        pairs.Count.ShouldBeGreaterThan(1_200);
        // White things before white, which only a person tells apart.
        pairs.Count(passed => passed).ShouldBeLessThanOrEqualTo(pairs.Count / 50);
    }

    [Theory]
    [InlineData(1.15, 1.15, 1.15)]
    [InlineData(0.7, 0.7, 0.7)]
    [InlineData(1, 0.95, 0.88)]
    [InlineData(0.82, 0.92, 1)]
    public void another_light_brings_no_new_colour(double r, double g, double b)
    {
        var colourless = _photographs.Values.Where(photograph => HasNew(photograph, photograph) is not null).ToList();
        colourless.Count.ShouldBe(17);
        colourless.Count(photograph => HasNew(photograph, Changed(photograph, 0, r, g, b)) is true).ShouldBe(0);
    }

    [Fact]
    public void a_mug_without_colour_that_turns_into_a_terracotta_vase_is_doubted() => HasNew(
        _photographs[Path.Combine("stoneware-mug", "chalk.jpg")], _photographs[Path.Combine("terracotta-vase", "front.jpg")]).ShouldBe(true);

    [Fact]
    public void none_is_said_to_show_too_little() => _photographs.Where(photograph => Likeness.ShowsLittle(photograph.Value)).Select(photograph => photograph.Key).ShouldBeEmpty();

    /// <summary>How many have a colour to be known by.</summary>
    private int Comparable => _photographs.Values.Count(photograph => Judge(photograph, photograph).Any(check => check.Name == Likeness.Colours));

    private int Doubted(double hue, double r, double g, double b) =>
        _photographs.Values.Count(photograph => Judge(photograph, Changed(photograph, hue, r, g, b)).Any(check => check is { Name: Likeness.Colours, Passed: false }));

    private static IReadOnlyList<ClipCheck> Judge(SmallPicture picture, SmallPicture frame) =>
        new Likeness([(ImageRole.Reference, picture)], [frame]).Judge(VideoModes.References, sameRatio: false);

    /// <summary>Of a clip that begins with a photograph and goes on with a frame; null where that is not asked.</summary>
    private static bool? HasNew(SmallPicture picture, SmallPicture frame) =>
        new Likeness([(ImageRole.FirstFrame, picture)], [picture, frame, frame, frame]).Judge(VideoModes.FirstFrame, sameRatio: true)
            .FirstOrDefault(check => check.Name == Likeness.NoNewColour) is { } check ? !check.Passed : null;

    /// <summary>In another light, and with every hue turned by so many degrees at the same lightness.</summary>
    private static SmallPicture Changed(SmallPicture picture, double hue, double r, double g, double b)
    {
        using var image = Image.NewFromMemory(picture.Rgb.ToArray(), SmallPicture.Side, SmallPicture.Side, 3, Enums.BandFormat.Uchar);
        using var lit = image.Linear([r, g, b], [0, 0, 0]).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        using var polar = lit.Colourspace(Enums.Interpretation.Lch);
        using var turned = polar.Linear([1, 1, 1], [0, 0, hue]).Copy(interpretation: Enums.Interpretation.Lch);
        using var back = turned.Colourspace(Enums.Interpretation.Srgb).Cast(Enums.BandFormat.Uchar);
        return new SmallPicture(back.WriteToMemory<byte>());
    }
}
