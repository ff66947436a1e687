using System.Globalization;
using ProductVideo.Benchmarks.Imaging;
using ProductVideo.Benchmarks.Rendering;
using ProductVideo.Rendering;

return args switch
{
    ["renderer", .. var options] => await RendererBenchmark.RunAsync(quick: options.Contains("--quick")),
    ["imaging", .. var options] => ImagingBenchmark.Run(options),
    // What a benchmark starts as a child, so that the whole of its CPU time and memory can be measured.
    ["photos", var folder] => RenderOnce.Photos(folder),
    ["render", var folder, var preset, var times, var ffmpeg, var ffprobe] =>
        await RenderOnce.ClipAsync(folder, preset, int.Parse(times, CultureInfo.InvariantCulture), FfmpegTool.AlreadyChecked(ffmpeg, ffprobe)),
    ["prepare", var picture, var times] => ImagingBenchmark.PrepareMany(picture, int.Parse(times, CultureInfo.InvariantCulture)),
    ["frames-once", var folder] => RenderOnce.Frames(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/ProductVideo.Benchmarks -- renderer [--quick] | imaging");
    return 2;
}
