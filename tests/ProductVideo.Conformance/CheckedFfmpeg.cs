using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Rendering;

namespace ProductVideo.Conformance;

/// <summary>The machine's ffmpeg, asked once what it can do, and once about each clip: starting the programs costs more than most tests.</summary>
public static class CheckedFfmpeg
{
    private static readonly Lazy<FfmpegTool> s_tool = new(() => new RememberingFfmpeg(FfmpegTool.Find(ffmpegPath: null, ffprobePath: null)));

    /// <summary>Before <c>AddProductVideo</c>, which would find one of its own.</summary>
    public static IServiceCollection AddCheckedFfmpeg(this IServiceCollection services) => services.AddSingleton(_ => s_tool.Value);
}
