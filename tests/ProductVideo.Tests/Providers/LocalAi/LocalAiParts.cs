using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.LocalAi;
using ProductVideo.Providers;
using ProductVideo.Providers.LocalAi;
using ProductVideo.Tests.Generations;

namespace ProductVideo.Tests.Providers.LocalAi;

/// <summary>A server, and processes of ours that share one blob store.</summary>
internal sealed class LocalAiParts : IAsyncDisposable
{
    private readonly List<LocalAiCalls> _processes = [];

    public LocalAiParts() => Fake = new FakeLocalAi { Clock = Remote.Clock };

    public RemoteParts Remote { get; } = new();

    public FakeLocalAi Fake { get; }

    public async Task StartAsync()
    {
        await Fake.StartAsync();
        await Remote.PictureAsync(ImageRole.FirstFrame);
    }

    /// <param name="address">Another one than the fake's.</param>
    /// <param name="line">Another one than the network.</param>
    public (LocalAiVideoProvider Provider, LocalAiCalls Calls) Process(Uri? address = null, HttpMessageHandler? line = null)
    {
        var options = Options(address ?? Fake.Address);
        var calls = new LocalAiCalls(options, Remote.Blobs, Remote.Clock, NullLogger<LocalAiCalls>.Instance, line);
        _processes.Add(calls);
        return (new LocalAiVideoProvider(options, calls, Remote.Exchange, Remote.Carrier, Remote.Clock) { RefusalWait = TimeSpan.Zero }, calls);
    }

    /// <summary>That waits for a refusal until one comes: the clock stands still.</summary>
    public LocalAiVideoProvider Patient(Uri? address = null)
    {
        var (_, calls) = Process(address);
        return new LocalAiVideoProvider(Options(address ?? Fake.Address), calls, Remote.Exchange, Remote.Carrier, Remote.Clock);
    }

    public static VideoRequest Request(string model) => Some.Request(model) with
    {
        Mode = VideoModes.FirstFrame,
        Prompt = "A slow push-in on the lamp.",
        Resolution = null,
        Aspect = "16:9",
        Seconds = 5,
        Seed = 7,
        Images = [new RequestImage(ImageRole.FirstFrame, "prepared/1.jpg", "image/jpeg", 1280, 720)],
    };

    public async ValueTask DisposeAsync()
    {
        Fake.FinishAll();
        foreach (var process in _processes)
            await process.DisposeAsync();
        await Fake.DisposeAsync();
        Remote.Dispose();
    }

    private static LocalAiOptions Options(Uri address)
    {
        var options = new LocalAiOptions { BaseAddress = address, ApiKey = FakeProvider.ApiKey, PricePerSecond = 0 };
        var model = new LocalAiModel { Id = "wan" };
        model.Sizes.Add("1280x720");
        model.Seconds.Add(5);
        options.Models.Add(model);
        return options;
    }
}
