using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class JudgingTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    private static readonly CatalogProduct Mug = new()
    {
        Ref = new ProductRef("test", "mug"),
        Title = "Mug",
        ProductType = "Mugs",
        Vendor = "Kiln & Co",
        Tags = ["summer", "Blue"],
        Collections = ["Kitchen"],
        Price = new Money(12.50m, "EUR"),
        Stock = 7,
        Sold = 42,
        Pictures = 2,
        Version = "v1",
        ChangedAt = Monday,
    };

    [Fact]
    public void a_product_without_a_video_gets_one() => Judging.Of(Mug, new BackfillScope()).ShouldBeNull();

    public static TheoryData<string, BackfillScope, bool> Scopes => new()
    {
        { "collection", new BackfillScope { Collections = ["kitchen"] }, true },
        { "other collection", new BackfillScope { Collections = ["Bath"] }, false },
        { "one of two tags", new BackfillScope { Tags = ["winter", "BLUE"] }, true },
        { "no tag of it", new BackfillScope { Tags = ["winter"] }, false },
        { "type", new BackfillScope { ProductTypes = ["mugs"] }, true },
        { "other type", new BackfillScope { ProductTypes = ["Vases"] }, false },
        { "vendor", new BackfillScope { Vendors = ["kiln & co"] }, true },
        { "at least its price", new BackfillScope { MinPrice = 12.50m }, true },
        { "dearer", new BackfillScope { MinPrice = 12.51m }, false },
        { "at most its price", new BackfillScope { MaxPrice = 12.50m }, true },
        { "cheaper", new BackfillScope { MaxPrice = 12.49m }, false },
        { "stock", new BackfillScope { MinStock = 7 }, true },
        { "more stock", new BackfillScope { MinStock = 8 }, false },
        { "changed at that moment", new BackfillScope { ChangedSince = Monday }, true },
        { "changed later", new BackfillScope { ChangedSince = Monday.AddTicks(1) }, false },
        { "all that is set must hold", new BackfillScope { Collections = ["Kitchen"], Tags = ["winter"] }, false },
    };

    [Theory]
    [MemberData(nameof(Scopes))]
    public void a_scope_narrows(string what, BackfillScope scope, bool fits) =>
        Judging.Of(Mug, scope).ShouldBe(fits ? null : SkipReason.OutOfScope, what);

    [Fact]
    public void what_a_shop_does_not_count_is_in_stock_and_what_has_no_price_fits_none()
    {
        Judging.Of(Mug with { Stock = null }, new BackfillScope { MinStock = 100 }).ShouldBeNull();
        Judging.Of(Mug with { Price = null }, new BackfillScope { MinPrice = 0 }).ShouldBe(SkipReason.OutOfScope);
    }

    [Theory]
    [InlineData(Lacks.Video, true, false, false, null)]
    [InlineData(Lacks.Video, false, true, true, SkipReason.HasVideo)]
    [InlineData(Lacks.None, true, true, true, SkipReason.HasVideo)]
    [InlineData(Lacks.Text, true, false, false, SkipReason.HasVideo)]
    [InlineData(Lacks.Text, false, true, false, null)]
    [InlineData(Lacks.Pictures | Lacks.RemovedPicture, false, true, false, null)]
    [InlineData(Lacks.Template, false, true, false, SkipReason.HasVideo)]
    [InlineData(Lacks.Template, false, false, true, null)]
    [InlineData(Lacks.Brand, false, false, true, null)]
    public void what_it_lacks_must_be_what_is_wanted(Lacks lacks, bool without, bool changed, bool restyled, SkipReason? expected) => Judging.Of(
        Mug with { Lacks = lacks }, new BackfillScope { WithoutVideo = without, Changed = changed, Restyled = restyled }).ShouldBe(expected);

    [Fact]
    public void each_other_reason_is_named()
    {
        Judging.Of(Mug with { IsPublished = false }, new BackfillScope()).ShouldBe(SkipReason.NotPublished);
        Judging.Of(Mug with { Pictures = 0 }, new BackfillScope()).ShouldBe(SkipReason.NoPictures);
        Judging.Of(Mug with { UnderWay = Guid.NewGuid() }, new BackfillScope()).ShouldBe(SkipReason.UnderWay);
    }

    [Fact]
    public void what_was_rejected_is_tried_again_only_once_it_changed_or_when_asked_to()
    {
        var rejected = Mug with { EndedAs = VainEnd.Rejected, EndedFor = "v1" };
        Judging.Of(rejected, new BackfillScope()).ShouldBe(SkipReason.TriedBefore);
        Judging.Of(rejected, new BackfillScope { TryAgain = true }).ShouldBeNull();
        Judging.Of(rejected with { Version = "v2" }, new BackfillScope()).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 0, true)]
    [InlineData(0, 1, false)]
    [InlineData(0, null, false)]
    [InlineData(null, 0, false)]
    public void of_another_version_what_a_video_is_made_from_must_have_changed_since_the_last_one_ended(int? ended, int? changed, bool tried)
    {
        var rejected = Mug with { EndedAs = VainEnd.Rejected, EndedFor = "v0", EndedAt = Day(ended), ContentAt = Day(changed) };
        Judging.Of(rejected, new BackfillScope()).ShouldBe(tried ? SkipReason.TriedBefore : null);
        Judging.Of(rejected with { EndedAs = null }, new BackfillScope()).ShouldBeNull();

        static DateTimeOffset? Day(int? days) => days is { } day ? Monday.AddDays(day) : null;
    }
}
