namespace ProductVideo.Rendering;

/// <summary>The mean of a photo's outermost pixels, along each of the two edges that meet the empty room; three bands.</summary>
/// <param name="Near">Of the left or upper edge.</param>
/// <param name="Far">Of the right or lower edge.</param>
internal sealed record EdgeLines(float[] Near, float[] Far)
{
    /// <param name="photo">Three bands.</param>
    /// <param name="sides">Of the edges left and right; else above and below.</param>
    public static EdgeLines Of(PhotoPixels photo, bool sides) => new(Line(photo, sides, far: false), Line(photo, sides, far: true));

    private static float[] Line(PhotoPixels photo, bool sides, bool far)
    {
        var depth = Math.Clamp((sides ? photo.Width : photo.Height) / 300, 1, 4);
        var line = new float[(sides ? photo.Height : photo.Width) * 3];
        for (var i = 0; i < line.Length; i++)
        {
            for (var k = 0; k < depth; k++)
            {
                var x = !sides ? i / 3 : far ? photo.Width - 1 - k : k;
                var y = sides ? i / 3 : far ? photo.Height - 1 - k : k;
                line[i] += photo.Bytes[(y * photo.Width + x) * 3 + i % 3] / (float)depth;
            }
        }

        return line;
    }
}
