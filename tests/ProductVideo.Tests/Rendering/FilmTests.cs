using System.Security.Cryptography;
using ProductVideo.Planning;
using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public sealed class FilmTests : IDisposable
{
    private readonly TestPhotos _photos = new();

    public void Dispose() => _photos.Dispose();

    [Fact]
    public void the_same_input_gives_the_same_frames_on_every_instruction_set()
    {
        var input = WithText(TestPhotos.Input([_photos.Photo(300, 300), _photos.Photo(200, 320, 2)]));
        var hashes = Enum.GetValues<VectorPath>().Where(VectorPaths.Supports).Append(VectorPath.Scalar).Select(path => Hash(input, path)).ToList();
        hashes.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void a_photo_of_the_frames_own_size_that_stands_still_is_shown_as_it_is()
    {
        var file = _photos.Photo(128, 128);
        var still = new CameraMove(CameraWindow.Whole, CameraWindow.Whole);
        var plan = new ShotPlan { Aspect = "1:1", Shots = [new Shot(0, still, 1)], Seconds = 1 };
        var frame = Draw(new RenderInput(plan, [file], null, 128, 128), 15);
        var pixels = PhotoFile.Read(file, 128, 128, Rgb.White).Bytes;
        for (var i = 0; i < 128 * 128; i += 7)
            frame.Luma[i].ShouldBe(Bt709.Luma(pixels[i * 3], pixels[i * 3 + 1], pixels[i * 3 + 2]));
    }

    [Fact]
    public void the_camera_shows_the_part_it_was_sent_to()
    {
        // Left half black, right half white; zoomed twice into the right.
        var file = _photos.Save(400, 400, 3, (x, _, _) => x < 200 ? (byte)0 : (byte)255, "halves.png");
        var right = new CameraWindow(2, 1, 0.5);
        var plan = new ShotPlan { Aspect = "1:1", Shots = [new Shot(0, new CameraMove(CameraWindow.Whole, right), 1)], Seconds = 1 };
        var input = new RenderInput(plan, [file], null, 128, 128);
        var first = Draw(input, 0);
        first.Luma[64 * 128 + 20].ShouldBe((byte)16);
        first.Luma[64 * 128 + 107].ShouldBe((byte)235);
        Draw(input, 29).Luma[64 * 128 + 8].ShouldBe((byte)235);
    }

    [Fact]
    public void cross_fades_go_from_one_photo_to_the_next()
    {
        var black = _photos.Save(64, 64, 3, (_, _, _) => 0, "black.png");
        var white = _photos.Save(64, 64, 3, (_, _, _) => 255, "white.png");
        var input = TestPhotos.Input([black, white], shotSeconds: 1, fade: 0.5m);
        var luma = Enumerable.Range(14, 18).Select(i => (int)Draw(input, i).Luma[5000]).ToList();
        luma[0].ShouldBe(16);
        luma[^1].ShouldBe(235);
        luma.ShouldBeInOrder();
        luma.Distinct().Count().ShouldBeGreaterThan(14);
    }

    [Fact]
    public void the_clean_frame_has_no_caption_and_the_finished_one_has()
    {
        var input = WithText(TestPhotos.Input([_photos.Save(64, 64, 3, (_, _, _) => 60, "grey.png")], shotSeconds: 2));
        using var film = new Film(input, VectorPaths.Best);
        var frame = new Frame(128, 128);
        byte[] clean = [];
        film.Draw(30, frame, untouched => clean = untouched.Luma.ToArray());
        clean.Distinct().Count().ShouldBe(1);
        frame.Luma.ToArray().Distinct().Count().ShouldBeGreaterThan(20);
    }

    [Fact]
    public void a_title_that_cannot_be_drawn_is_left_out_and_said_so()
    {
        var input = TestPhotos.Input([_photos.Photo(64, 64)], shotSeconds: 1);
        input = input with { Plan = input.Plan with { Caption = new Caption("𓀀𓀁", null, null, 0, 1) } };
        using var film = new Film(input, VectorPaths.Best);
        film.Notes.ShouldHaveSingleItem().ShouldContain("𓀀𓀁");
    }

    [Theory]
    [InlineData(-6, -4)]
    [InlineData(40, 26)]
    [InlineData(60, 40)]
    public void a_card_that_hangs_out_of_the_frame_is_drawn_as_far_as_it_lies_in_it(int left, int top)
    {
        var card = new Bitmap(20, 10);
        card.Fill(Rgb.White);
        var frame = new Frame(48, 32);
        frame.Fill(Rgb.Black);
        new Overlay(card, left, top).Draw(frame, 256, VectorPaths.Best);
        for (var y = 0; y < 32; y++)
        {
            for (var x = 0; x < 48; x++)
            {
                var covered = x >= left && x < left + 20 && y >= top && y < top + 10;
                frame.Luma[y * 48 + x].ShouldBe(covered ? (byte)235 : (byte)16);
            }
        }
    }

    [Theory]
    [InlineData("#ffffff", 16)]
    [InlineData("#111111", 235)]
    public void the_end_card_takes_the_brands_colour_and_a_readable_ink(string colour, int ink)
    {
        var notes = new List<string>();
        var frame = EndCardArtist.Draw(new EndCard(2, "Nordwind", "Hamburg", colour, null, "de"), null, 320, 320, notes);
        frame.Luma[0].ShouldBe(Bt709.ToYuv(Rgb.Parse(colour)).Y);
        frame.Luma.ToArray().ShouldContain((byte)ink);
        notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Nordwind", "Hamburg", "Nordwind", "Hamburg", 0)]
    [InlineData("𓀀𓀁", "Hamburg", "Hamburg", null, 1)]
    [InlineData("𓀀𓀁", null, "Stoneware mug", null, 1)]
    [InlineData("☕", "𓀀𓀁", "Stoneware mug", null, 1)]
    public void an_end_card_says_what_can_be_drawn(string headline, string? subline, string drawn, string? below, int notes)
    {
        var plan = WithText(TestPhotos.Input([_photos.Photo(64, 64)])).Plan;
        var said = new List<string>();
        var card = new EndCard(0.5m, headline, subline, "#1f2937", null, null) { Otherwise = "Stoneware mug" };
        var settled = CardText.WithDrawableCard(plan with { EndCard = card }, hasLogo: false, said);
        (settled.EndCard!.Headline, settled.EndCard.Subline).ShouldBe((drawn, below));
        said.Count.ShouldBe(notes);
    }

    [Fact]
    public void an_end_card_of_nothing_gives_its_seconds_to_the_last_shot()
    {
        var input = WithText(TestPhotos.Input([_photos.Photo(64, 64), _photos.Photo(80, 64, 2)], shotSeconds: 1));
        var card = new EndCard(0.5m, "𓀀𓀁", null, "#1f2937", null, null) { Otherwise = "𓀂" };
        input = input with { Plan = input.Plan with { EndCard = card } };
        using var film = new Film(input, VectorPaths.Best);
        film.Seconds.ShouldBe(input.Plan.Seconds);
        film.Notes.ShouldBe(CardText.NotesOn(input.Plan));
        film.Notes[^1].ShouldContain("end card");
        var last = new Frame(128, 128);
        for (var i = 0; i < film.Frames; i++)
            film.Draw(i, last);
        last.Luma.ToArray().Distinct().Count().ShouldBeGreaterThan(50, "it shows the photo");
    }

    [Fact]
    public void a_logo_is_a_card_by_itself()
    {
        var plan = WithText(TestPhotos.Input([_photos.Photo(64, 64)])).Plan;
        var card = new EndCard(0.5m, "𓀀𓀁", null, "#1f2937", "logo", null) { Otherwise = "Stoneware mug" };
        CardText.WithDrawableCard(plan with { EndCard = card }, hasLogo: true, []).EndCard!.Headline.ShouldBeNull();
    }

    [Fact]
    public void a_transparent_logo_lies_on_the_brands_colour()
    {
        var logo = _photos.Save(100, 50, 4, (x, _, band) => band == 3 ? (x is > 30 and < 70 ? (byte)255 : (byte)0) : band == 0 ? (byte)255 : (byte)0, "logo.png");
        var frame = EndCardArtist.Draw(new EndCard(2, null, null, "#ffffff", null, null), logo, 320, 320, []);
        var red = Bt709.ToYuv(new Rgb(255, 0, 0)).Y;
        frame.Luma[160 * 320 + 160].ShouldBe(red);
        frame.Luma.ToArray().Count(sample => sample == 235).ShouldBeGreaterThan(320 * 320 * 8 / 10);
    }

    [Theory]
    [InlineData("#101828", 235)]
    [InlineData("#f4f1ea", null)]
    public void a_dark_logo_gets_a_light_plate_only_where_it_would_vanish(string colour, int? plate)
    {
        var logo = _photos.Save(100, 50, 4, (x, _, band) => band == 3 ? (x is > 30 and < 70 ? (byte)255 : (byte)0) : (byte)30, "dark.png");
        var frame = EndCardArtist.Draw(new EndCard(2, null, null, colour, null, null), logo, 320, 320, []);
        var beside = frame.Luma[160 * 320 + 160 - 50];
        ((int)beside).ShouldBe(plate ?? Bt709.ToYuv(Rgb.Parse(colour)).Y);
        frame.Luma[160 * 320 + 160].ShouldBe(Bt709.Luma(30, 30, 30));
    }

    [Fact]
    public void a_picture_that_is_not_there_is_refused_before_any_frame()
    {
        var input = TestPhotos.Input([_photos.Photo(64, 64)]);
        input = input with { Plan = input.Plan with { Shots = [new Shot(3, TestPhotos.Slow, 0.5m)] } };
        Should.Throw<RenderException>(() => new Film(input, VectorPaths.Best)).Code.ShouldBe(RenderFault.InvalidPlan);
    }

    [Fact]
    public void an_odd_frame_size_is_refused() =>
        Should.Throw<RenderException>(() => new Film(TestPhotos.Input([_photos.Photo(64, 64)], side: 127), VectorPaths.Best)).Code.ShouldBe(RenderFault.InvalidPlan);

    private static RenderInput WithText(RenderInput input) => input with
    {
        Plan = input.Plan with
        {
            Caption = new Caption("Stoneware mug", "24,90 €", "en", 0, input.Plan.Seconds),
            EndCard = new EndCard(0.5m, "Nordwind", null, "#1f2937", null, null),
            Seconds = input.Plan.Seconds + 0.5m - input.Plan.CrossFade,
        },
    };

    private static Frame Draw(RenderInput input, int index)
    {
        using var film = new Film(input, VectorPaths.Best);
        var frame = new Frame(input.Width, input.Height);
        film.Draw(index, frame);
        return frame;
    }

    private static string Hash(RenderInput input, VectorPath path)
    {
        using var film = new Film(input, path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var frame = new Frame(input.Width, input.Height);
        for (var i = 0; i < film.Frames; i++)
        {
            film.Draw(i, frame);
            hash.AppendData(frame.Bytes);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
