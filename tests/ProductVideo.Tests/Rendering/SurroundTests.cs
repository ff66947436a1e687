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
        var photo = Photo(400, 200, (x, y) => new Rgb((byte)(x / 2), (byte)y, 90));
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
        var photo = Photo(200, 400, (x, y) => new Rgb((byte)x, (byte)(y / 2), 90));
        var canvas = Surround.Extend(photo, Rgb.White, 400, 400);
        for (var x = 90; x < 110; x++)
            Math.Abs(Pixel(canvas, 400, x, 200).G - Pixel(canvas, 400, x + 1, 200).G).ShouldBeLessThanOrEqualTo(3);
        Pixel(canvas, 400, 0, 200).G.ShouldBeInRange((byte)85, (byte)115);
    }

    [Fact]
    public void what_stands_just_inside_the_edge_is_not_repeated_beyond_it()
    {
        var photo = Photo(400, 200, (_, y) => y is > 3 and < 196 ? new Rgb(200, 0, 0) : new Rgb(20, 60, (byte)(60 + y % 2 * 20)));
        var canvas = Surround.Extend(photo, Rgb.White, 400, 400);
        for (var y = 0; y < 95; y++)
            Pixel(canvas, 400, 200, y).R.ShouldBeLessThan((byte)40);
    }

    [Fact]
    public void inside_its_seam_the_photo_is_untouched()
    {
        var photo = Photo(400, 200, (x, y) => new Rgb((byte)(x * y), (byte)(x ^ y), (byte)(x + y)));
        var canvas = Surround.Extend(photo, Rgb.White, 400, 400);
        for (var y = 10; y < 190; y++)
            canvas.AsSpan((100 + y) * 1200, 1200).SequenceEqual(photo.Bytes.AsSpan(y * 1200, 1200)).ShouldBeTrue();
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
