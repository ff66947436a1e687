using System.Text.Json;
using CsCheck;
using ProductVideo.Storefronts.Folder.Galleries;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Folder.Galleries;

public sealed class GalleryTests
{
    private static readonly Gallery _three = Gallery.Of("mug", ["a", "b", "c"]);

    [Fact]
    public void a_clip_comes_second_after_the_main_picture() => Order(_three.With(Video("v")).Media).ShouldBe("a v b c");

    [Fact]
    public void a_clip_alone_comes_first() => Order(Gallery.Of("mug", []).With(Video("v")).Media).ShouldBe("v");

    [Fact]
    public void a_clip_that_is_written_again_keeps_its_place() =>
        Order(_three.With(Video("v")).With(Video("w")).With(Video("v")).Media).ShouldBe("a w v b c");

    [Fact]
    public void without_its_last_clip_there_is_no_gallery_of_ours() => _three.With(Video("v")).Without("v").ShouldBeNull();

    [Fact]
    public void taking_off_undoes_putting_on() =>
        Gen.Select(Gen.Char['a', 'f'].Select(c => c.ToString()).HashSet[0, 5], Gen.Int[1, 9].HashSet[1, 6]).Sample((images, keys) =>
        {
            var gallery = Gallery.Of("mug", [.. images]).With(Video("first"));
            foreach (var key in keys)
            {
                var name = FormattableString.Invariant($"k{key}");
                Json(gallery.With(Video(name)).Without(name)).ShouldBe(Json(gallery));
                gallery = gallery.With(Video(name));
            }
        }, iter: 300);

    [Fact]
    public void every_picture_of_today_and_every_clip_is_shown_exactly_once() =>
        Gen.Select(Gen.Int[0, 9].HashSet[0, 6], Gen.Int[0, 9].HashSet[0, 6], Gen.Int[0, 3]).Sample((before, today, clips) =>
        {
            var gallery = Gallery.Of("mug", [.. before.Select(Id)]);
            for (var i = 0; i < clips; i++)
                gallery = gallery.With(Video("v" + Id(i)));
            var shown = gallery.Arrange([.. today.Select(Id)]);
            shown.Where(m => m.Image is not null).Select(m => m.Image).ShouldBe(today.Select(Id));
            shown.Count(m => m.Video is not null).ShouldBe(clips);
        }, iter: 300);

    [Fact]
    public void new_pictures_of_the_shop_leave_the_clip_in_its_place() =>
        Order(_three.With(Video("v")).Arrange(["x", "a", "b", "c", "d"])).ShouldBe("x v a b c d");

    private static string Id(int number) => FormattableString.Invariant($"{number}");

    private static string Json(Gallery? gallery) => JsonSerializer.Serialize(gallery);

    private static string Order(IEnumerable<GalleryMedia> media) => string.Join(' ', media.Select(m => m.Image ?? m.Video!.Key));

    private static AttachedVideo Video(string key) => new(key, 1, "00", null, TimeSpan.FromSeconds(1), 1, 1, "", DateTimeOffset.UnixEpoch);
}
