using CsCheck;
using ProductVideo.Planning;
using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public class CameraPathTests
{
    private static readonly Gen<CameraWindow> s_windows =
        Gen.Select(Gen.Double[1, 4], Gen.Double[-0.5, 1.5], Gen.Double[-0.5, 1.5]).Select((zoom, x, y) => new CameraWindow(zoom, x, y));

    [Fact]
    public void the_window_never_leaves_the_picture() =>
        Gen.Select(s_windows, s_windows, Gen.Double[0, 1]).Sample((from, to, progress) =>
        {
            var window = new CameraPath(new CameraMove(from, to)).At(progress);
            window.Left.ShouldBeGreaterThanOrEqualTo(-1e-9);
            window.Top.ShouldBeGreaterThanOrEqualTo(-1e-9);
            window.Right.ShouldBeLessThanOrEqualTo(1 + 1e-9);
            window.Bottom.ShouldBeLessThanOrEqualTo(1 + 1e-9);
        });

    [Fact]
    public void the_hull_holds_every_window_of_the_move() =>
        Gen.Select(s_windows, s_windows, Gen.Double[0, 1]).Sample((from, to, progress) =>
        {
            var camera = new CameraPath(new CameraMove(from, to));
            var (window, hull) = (camera.At(progress), camera.Hull);
            window.Left.ShouldBeGreaterThanOrEqualTo(hull.Left - 1e-9);
            window.Bottom.ShouldBeLessThanOrEqualTo(hull.Bottom + 1e-9);
            window.Right.ShouldBeLessThanOrEqualTo(hull.Right + 1e-9);
        });

    [Fact]
    public void the_camera_starts_and_ends_where_it_was_told()
    {
        var camera = new CameraPath(new CameraMove(new CameraWindow(1), new CameraWindow(2, 0.25, 0.75)));
        camera.At(0).ShouldBe(new Window(0, 0, 1));
        camera.At(1).ShouldBe(new Window(0, 0.5, 0.5));
    }

    [Fact]
    public void the_camera_eases_at_both_ends_and_never_turns_back()
    {
        var camera = new CameraPath(new CameraMove(new CameraWindow(1.5, 0.3), new CameraWindow(1.5, 0.7)));
        var places = Enumerable.Range(0, 101).Select(i => camera.At(i / 100.0).Left).ToList();
        places.ShouldBeInOrder();
        (places[1] - places[0]).ShouldBeLessThan((places[51] - places[50]) / 50);
        (places[100] - places[99]).ShouldBeLessThan((places[51] - places[50]) / 50);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(5)]
    [InlineData(double.NaN)]
    public void an_impossible_zoom_is_refused(double zoom) =>
        Should.Throw<RenderException>(() => new CameraPath(new CameraMove(new CameraWindow(zoom), CameraWindow.Whole))).Code.ShouldBe(RenderFault.InvalidPlan);
}
