using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public class SurroundTests
{
    [Fact]
    public void a_photo_that_fills_the_frame_is_left_alone()
    {
        var photo = Photo(20, 20, (_, _) => new Rgb(1, 2, 3));
        Surround.Extend(photo, Rgb.White, 20, 20).ShouldBeSameAs(photo.Bytes);
    }

    [Fact]
    public void an_even_backdrop_goes_on_in_its_own_colour()
    {
        var backdrop = new Rgb(241, 239, 236);
        var photo = Photo(60, 30, (x, y) => x is > 20 and < 40 && y is > 8 and < 22 ? new Rgb(90, 20, 20) : backdrop);
        var canvas = Surround.Extend(photo, Rgb.Black, 60, 60);
        for (var y = 0; y < 60; y++)
            Pixel(canvas, 60, 5, y).ShouldBe(backdrop);
        Pixel(canvas, 60, 30, 30).ShouldBe(new Rgb(90, 20, 20));
    }

    [Fact]
    public void a_varied_edge_goes_on_without_a_jump()
    {
        var photo = Photo(400, 200, (x, y) => new Rgb((byte)(x / 4), (byte)y, 90));
        var canvas = Surround.Extend(photo, Rgb.White, 400, 400);
        for (var x = 20; x < 380; x += 30)
        {
            for (var y = 90; y < 110; y++)
            {
                var (here, next) = (Pixel(canvas, 400, x, y), Pixel(canvas, 400, x, y + 1));
                Math.Abs(here.R - next.R).ShouldBeLessThanOrEqualTo(3);
                Math.Abs(here.G - next.G).ShouldBeLessThanOrEqualTo(3);
            }
        }
    }

    [Fact]
    public void beside_an_upright_photo_the_same_holds()
    {
        var photo = Photo(200, 400, (x, y) => new Rgb((byte)x, (byte)(y / 4), 90));
        var canvas = Surround.Extend(photo, Rgb.White, 400, 400);
        for (var x = 90; x < 110; x++)
            Math.Abs(Pixel(canvas, 400, x, 200).G - Pixel(canvas, 400, x + 1, 200).G).ShouldBeLessThanOrEqualTo(3);
        Pixel(canvas, 400, 0, 200).G.ShouldBeInRange((byte)42, (byte)58);
    }

    [Fact]
    public void what_stands_just_inside_the_edge_is_not_repeated_beyond_it()
    {
        var photo = Photo(400, 200, (x, y) => y is > 3 and < 196 && x is > 40 and < 360 ? new Rgb(200, 0, 0) : new Rgb(20, 60, (byte)(60 + y % 2 * 20)));
        var canvas = Surround.Extend(photo, Rgb.White, 400, 400);
        for (var y = 0; y < 95; y++)
            Pixel(canvas, 400, 200, y).R.ShouldBeLessThan((byte)40);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void no_pixel_of_a_photo_changes(bool showsThrough)
    {
        foreach (var photo in (PhotoPixels[])
            [
                Photo(400, 200, (x, y) => new Rgb((byte)(x * y), (byte)(x ^ y), (byte)(x + y))),
                Photo(400, 200, (x, y) => new Rgb((byte)(100 + x / 8), (byte)(180 - y / 4), 90)),
                Photo(400, 200, (x, y) => y is > 2 and < 197 ? new Rgb((byte)x, 10, 10) : new Rgb(240, 241, 242)),
            ])
        {
            var canvas = Surround.Extend(photo with { ShowsThrough = showsThrough }, Rgb.White, 400, 400);
            canvas.AsSpan(100 * 1200, 200 * 1200).SequenceEqual(photo.Bytes).ShouldBeTrue();
        }
    }

    [Fact]
    public void an_even_edge_of_slightly_another_shade_shows_no_line()
    {
        var photo = Photo(200, 400, (x, _) => x < 100 ? new Rgb(240, 240, 240) : new Rgb(244, 244, 244));
        var canvas = Surround.Extend(photo, Rgb.Black, 400, 400);
        Pixel(canvas, 400, 0, 200).ShouldBe(new Rgb(242, 242, 242));
        for (var x = 85; x < 115; x++)
            Math.Abs(Pixel(canvas, 400, x, 200).G - Pixel(canvas, 400, x + 1, 200).G).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void a_product_that_reaches_the_edge_is_not_drawn_wider_than_it_is()
    {
        // A bottle on white, cropped flush: its shoulders are white, its belly fills the width.
        var photo = Photo(200, 400, (_, y) => y < 140 ? Rgb.White : new Rgb(47, 138, 79));
        var background = new Rgb(240, 236, 230);
        var canvas = Surround.Extend(photo, background, 400, 400);
        for (var y = 0; y < 400; y++)
        {
            Pixel(canvas, 400, 99, y).ShouldBe(background);
            Pixel(canvas, 400, 300, y).ShouldBe(background);
        }
    }

    [Fact]
    public void a_print_of_strong_light_and_dark_lies_on_the_shops_background()
    {
        var photo = Photo(200, 400, (_, y) => new Rgb((byte)(250 - y / 2), 80, 60));
        Pixel(Surround.Extend(photo, Rgb.White, 400, 400), 400, 50, 300).ShouldBe(Rgb.White);
    }

    [Fact]
    public void the_border_of_a_print_stays_its_border()
    {
        var photo = Photo(200, 400, (x, y) => x is > 5 and < 194 && y is > 5 and < 394 ? new Rgb(246, 160, 77) : new Rgb(17, 17, 17));
        var canvas = Surround.Extend(photo, Rgb.White, 400, 400);
        Pixel(canvas, 400, 99, 200).ShouldBe(Rgb.White);
        Pixel(canvas, 400, 100, 200).ShouldBe(new Rgb(17, 17, 17));
    }

    [Fact]
    public void a_product_near_the_edges_of_its_backdrop_is_no_border()
    {
        var backdrop = new Rgb(200, 205, 210);
        var photo = Photo(200, 400, (x, y) => x is > 9 and < 190 && y is > 20 and < 380 ? new Rgb(90, 20, 20) : backdrop);
        Pixel(Surround.Extend(photo, Rgb.White, 400, 400), 400, 50, 200).ShouldBe(backdrop);
    }

    [Fact]
    public void transparent_pictures_lie_on_the_shops_background()
    {
        var background = new Rgb(10, 200, 30);
        var photo = Photo(60, 30, (x, _) => new Rgb((byte)(x * 4), 0, 0)) with { ShowsThrough = true };
        Pixel(Surround.Extend(photo, background, 60, 60), 60, 30, 3).ShouldBe(background);
    }

    private static PhotoPixels Photo(int width, int height, Func<int, int, Rgb> colour)
    {
        var bytes = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++)
            (bytes[i * 3], bytes[i * 3 + 1], bytes[i * 3 + 2]) = (colour(i % width, i / width).R, colour(i % width, i / width).G, colour(i % width, i / width).B);
        return new PhotoPixels(bytes, width, height, false);
    }

    private static Rgb Pixel(byte[] canvas, int width, int x, int y)
    {
        var pixel = canvas.AsSpan((y * width + x) * 3, 3);
        return new Rgb(pixel[0], pixel[1], pixel[2]);
    }
}
