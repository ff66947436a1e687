using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Blobs;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.OpenAiVideos;
using ProductVideo.Providers;
using ProductVideo.Providers.OpenAiVideos;
using ProductVideo.Tests.Generations;

namespace ProductVideo.Tests.Providers.OpenAiVideos;

/// <summary>An adapter of one of the servers against its fake.</summary>
internal sealed class ServerParts : IDisposable
{
    private readonly VideosSoftware _software;

    public ServerParts(VideosSoftware software)
    {
        _software = software;
        Fake = new FakeVideosServer(software) { Clock = Remote.Clock };
        Settings = new OpenAiVideosServer { ApiKey = FakeProvider.ApiKey, PricePerSecond = software is VideosSoftware.Generic ? 0.1m : 0 };
        Settings.Models.Add(software is VideosSoftware.Generic ? Generic() : new OpenAiVideosModel { Id = "Wan-AI/Wan2.2-I2V-A14B-Diffusers" });
    }

    public RemoteParts Remote { get; } = new();

    public FakeVideosServer Fake { get; }

    public OpenAiVideosServer Settings { get; }

    public static OpenAiVideosModel Generic()
    {
        var model = new OpenAiVideosModel { Id = "film-1", Sizes = { ["720P"] = ["1280x720", "720x1280"] } };
        foreach (var seconds in (int[])[4, 8, 12])
            model.Seconds.Add(seconds);
        return model;
    }

    public OpenAiVideosProvider Provider()
    {
        Settings.BaseAddress = Fake.Address;
        var log = NullLogger<OpenAiVideosProvider>.Instance;
        return _software switch
        {
            VideosSoftware.VllmOmni => new VllmOmniProvider("Studio", Settings, Remote.Exchange, Remote.Carrier, Remote.Clock, log),
            VideosSoftware.Sglang => new OpenAiVideosProvider("Studio", Settings, OpenAiVideosPreset.Sglang, Remote.Exchange, Remote.Carrier, Remote.Clock, log),
            _ => new OpenAiVideosProvider("Studio", Settings, OpenAiVideosPreset.Generic, Remote.Exchange, Remote.Carrier, Remote.Clock, log),
        };
    }

    public async Task PutPictureAsync(string key = "prepared/1.png", int width = 1280, int height = 720)
    {
        using var bytes = new MemoryStream(PictureSize.Png(width, height));
        await Remote.Blobs.PutAsync(key, bytes, "image/png", PutMode.Replace, CancellationToken.None);
    }

    public static VideoRequest Request(string model) => Some.Request(model) with
    {
        Mode = VideoModes.FirstFrame,
        Prompt = "A slow push-in on the mug.",
        Resolution = "720P",
        Aspect = "16:9",
        Seconds = 4,
        Images = [new RequestImage(ImageRole.FirstFrame, "prepared/1.png", "image/png", 1280, 720)],
    };

    public void Dispose() => Remote.Dispose();
}
