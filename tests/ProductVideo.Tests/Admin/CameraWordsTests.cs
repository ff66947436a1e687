using ProductVideo.Admin.Wishes;
using ProductVideo.Planning;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class CameraWordsTests
{
    [Theory]
    [InlineData(1, 1.4, 0.5, 0.5, 0.5, 0.5, "Moves closer")]
    [InlineData(1.4, 1, 0.5, 0.5, 0.5, 0.5, "Moves back")]
    [InlineData(1.2, 1.2, 0.5, 0.5, 0.5, 0.5, "Holds still")]
    [InlineData(1.2, 1.2, 0.4, 0.5, 0.6, 0.5, "Glides to the right")]
    [InlineData(1.2, 1.2, 0.5, 0.6, 0.5, 0.4, "Glides upward")]
    [InlineData(1.1, 1.5, 0.6, 0.5, 0.4, 0.5, "Moves closer, to the left")]
    [InlineData(1, 1, 0.2, 0.5, 0.8, 0.5, "Holds still")]
    public void a_move_is_said_as_it_is_seen(double from, double to, double fromX, double fromY, double toX, double toY, string expected) =>
        CameraWords.Of(new CameraMove(new CameraWindow(from, fromX, fromY), new CameraWindow(to, toX, toY))).ShouldBe(expected);
}
