using NetVips;
using ProductVideo.Planning;
using ProductVideo.Rendering;

namespace ProductVideo.Benchmarks.Rendering;

/// <summary>Films a chart of soft dots and follows their centres.</summary>
internal static class Smoothness
{
    private const int Dots = 7;
    private const double DotRadius = 14;

    /// <summary>
    /// Root mean square of the acceleration that the camera did not ask for, in pixels a frame squared, and how often a dot went
    /// backwards.
    /// </summary>
    public static (double WrongAcceleration, int Backwards, int Steps) Measure(string folder)
    {
        var chart = Path.Combine(folder, "dots.png");
        WriteChart(chart);
        var move = new CameraMove(new CameraWindow(1, 0.5, 0.5), new CameraWindow(1.15, 0.62, 0.4));
        var plan = new ShotPlan { Aspect = "1:1", Shots = [new Shot(0, move, 4)], Seconds = 4 };
        var camera = new CameraPath(move);
        using var film = new Film(new RenderInput(plan, [chart], null, BenchmarkClip.Side, BenchmarkClip.Side), VectorPaths.Best);
        var frame = new Frame(BenchmarkClip.Side, BenchmarkClip.Side);
        var tracks = new List<(double X, double Y)?[]>();
        var ideals = new List<(double X, double Y)[]>();
        for (var i = 0; i < film.Frames; i++)
        {
            film.Draw(i, frame);
            var window = camera.At((double)i / (film.Frames - 1));
            var ideal = Centres().Select(dot => (Seen(dot.X, window.Left, window.Size), Seen(dot.Y, window.Top, window.Size))).ToArray();
            ideals.Add(ideal);
            tracks.Add([.. ideal.Select(dot => Centroid(frame, dot.Item1, dot.Item2))]);
        }

        return Judge(tracks, ideals);
    }

    private static (double WrongAcceleration, int Backwards, int Steps) Judge(
        List<(double X, double Y)?[]> tracks, List<(double X, double Y)[]> ideals)
    {
        double squares = 0;
        int count = 0, backwards = 0, steps = 0;
        for (var dot = 0; dot < Dots * Dots; dot++)
        {
            for (var i = 1; i < tracks.Count; i++)
            {
                if (tracks[i][dot] is not { } here || tracks[i - 1][dot] is not { } before)
                    continue;
                var (idealX, idealY) = (ideals[i][dot].X - ideals[i - 1][dot].X, ideals[i][dot].Y - ideals[i - 1][dot].Y);
                // Below a fiftieth of a pixel the meter's own noise decides.
                if (Math.Sqrt(idealX * idealX + idealY * idealY) > 0.02)
                {
                    steps++;
                    backwards += (here.X - before.X) * idealX + (here.Y - before.Y) * idealY < 0 ? 1 : 0;
                }

                if (i < 2 || tracks[i - 2][dot] is not { } earlier)
                    continue;
                var x = Error(i, here).X - 2 * Error(i - 1, before).X + Error(i - 2, earlier).X;
                var y = Error(i, here).Y - 2 * Error(i - 1, before).Y + Error(i - 2, earlier).Y;
                squares += x * x + y * y;
                count += 2;
            }

            (double X, double Y) Error(int at, (double X, double Y) seen) => (seen.X - ideals[at][dot].X, seen.Y - ideals[at][dot].Y);
        }

        return (Math.Sqrt(squares / count), backwards, steps);
    }

    private static IEnumerable<(double X, double Y)> Centres() =>
        from row in Enumerable.Range(0, Dots)
        from column in Enumerable.Range(0, Dots)
        select ((column + 0.83) * BenchmarkClip.PhotoSide / (Dots + 0.5), (row + 0.79) * BenchmarkClip.PhotoSide / (Dots + 0.5));

    /// <summary>Where a point of the photo stands in the frame; pixel centres are whole numbers there.</summary>
    private static double Seen(double photo, double from, double size) =>
        (photo / BenchmarkClip.PhotoSide - from) / size * BenchmarkClip.Side - 0.5;

    private static (double X, double Y)? Centroid(Frame frame, double x, double y)
    {
        const int Reach = 24;
        var (centreX, centreY) = ((int)Math.Round(x), (int)Math.Round(y));
        if (centreX < Reach || centreY < Reach || centreX >= frame.Width - Reach || centreY >= frame.Height - Reach)
            return null;
        double sum = 0, sumX = 0, sumY = 0;
        for (var dy = -Reach; dy <= Reach; dy++)
        {
            for (var dx = -Reach; dx <= Reach; dx++)
            {
                double ink = frame.Luma[(centreY + dy) * frame.Width + centreX + dx] - 16;
                sum += ink;
                sumX += ink * dx;
                sumY += ink * dy;
            }
        }

        return (centreX + sumX / sum, centreY + sumY / sum);
    }

    private static void WriteChart(string file)
    {
        var pixels = new byte[BenchmarkClip.PhotoSide * BenchmarkClip.PhotoSide];
        foreach (var (x, y) in Centres())
        {
            for (var py = (int)y - 70; py <= (int)y + 70; py++)
            {
                for (var px = (int)x - 70; px <= (int)x + 70; px++)
                {
                    // Pixel centres are at halves in the photo's own measure.
                    var distance = Math.Pow(px + 0.5 - x, 2) + Math.Pow(py + 0.5 - y, 2);
                    pixels[py * BenchmarkClip.PhotoSide + px] = (byte)Math.Round(250 * Math.Exp(-distance / (2 * DotRadius * DotRadius)));
                }
            }
        }

        using var chart = Image.NewFromMemory(pixels, BenchmarkClip.PhotoSide, BenchmarkClip.PhotoSide, 1, Enums.BandFormat.Uchar);
        using var tagged = chart.Copy(interpretation: Enums.Interpretation.Bw);
        tagged.Pngsave(file, compression: 1);
    }
}
