using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NetVips;
using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Databases;
using ProductVideo.Conformance;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;
using ProductVideo.Provenance;
using ProductVideo.Providers;
using Xunit;

namespace ProductVideo.Tests.Pipeline;

/// <summary>The real pipeline on a real SQLite file with a shop and a provider that the test rules; nothing runs unless the test moves it.</summary>
public sealed class PipelineFixture : IAsyncLifetime
{
    private static readonly ConcurrentDictionary<(string Filter, int Seconds, string Coding), Lazy<Task<byte[]>>> s_films = new();
    private static readonly ConcurrentDictionary<(int Width, int Height), byte[]> s_pictures = new();

    /// <summary>Of the film that shows the product's front.</summary>
    private const string Front = "scale=320:320:force_original_aspect_ratio=decrease,pad=320:320:-1:-1:white";

    private readonly string _folder = Directory.CreateTempSubdirectory("pv-test-").FullName;
    private ServiceProvider? _services;

    internal MemoryShop Shop { get; } = new();

    internal ScriptedProvider Provider { get; } = new();

    internal FakeTimeProvider Clock { get; init; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Of which generations somebody was told that they are to be moved at once.</summary>
    internal ConcurrentQueue<Guid> Wakes { get; } = new();

    /// <summary>More providers, for example; before the start.</summary>
    internal Action<IServiceCollection> Add { get; init; } = _ => { };

    /// <summary>Whether clips that a model drew are signed: with a certificate of each pipeline's own, so that no two have the same bytes.</summary>
    internal bool Signs { get; init; }

    internal T Get<T>() where T : notnull => _services!.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IWakeGenerations>(new NotedWakes(Wakes));
        services.AddSingleton<IVideoProvider>(Provider);
        services.AddSingleton<IStorefront>(Shop);
        services.AddCheckedFfmpeg();
        services.AddProductVideo(options => options.DataFolder = _folder);
        Add(services);
        _services = services.BuildServiceProvider(validateScopes: true);
        Get<SigningOptions>().Enabled = Signs;
        await MigratedFile.CopyToAsync(Path.Combine(_folder, "productvideo.db"), CancellationToken.None);
        Shop.Add("mug", ("front.jpg", Picture(800, 600)), ("back.jpg", Picture(600, 800)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Orders a video of the mug from the scripted provider.</summary>
    internal async Task<Generation> OrderAsync(VideoWishes? wishes = null, IdempotencyKey? key = null, string provider = "scripted") =>
        (await Get<VideoGenerations>().CreateAsync(
            new ProductRef("test", "mug"), (wishes ?? VideoWishes.None) with { Provider = provider, Aspect = "1:1", Seconds = 5 },
            new Requester("tester", GenerationOrigin.Api), key, CancellationToken.None)).Generation;

    /// <summary>Moves the generation as far as it goes now.</summary>
    internal async Task<Generation> AdvanceAsync(Guid id)
    {
        await Get<Advance>().RunAsync(id, CancellationToken.None);
        return await Get<VideoGenerations>().GetAsync(id, CancellationToken.None);
    }

    /// <summary>Lets time pass, then moves the generation.</summary>
    internal Task<Generation> AdvanceAfterAsync(TimeSpan time, Guid id)
    {
        Clock.Advance(time);
        return AdvanceAsync(id);
    }

    /// <summary>Puts a real clip of the product's front into the blob store, as the provider's result.</summary>
    internal Task<ClipSource> ReadyClipAsync() => ReadyClipAsync(Front, seconds: 5);

    /// <summary>Puts a real clip of something else, or of another length, into the blob store, as the provider's result.</summary>
    /// <param name="filter">Draws it; <see cref="Front"/> films the product's picture.</param>
    /// <param name="seconds">How long it is.</param>
    /// <param name="coding">How it is coded, as ffmpeg is told.</param>
    internal async Task<ClipSource> ReadyClipAsync(string filter, int seconds = 5, string coding = "-pix_fmt yuv420p")
    {
        var film = await s_films.GetOrAdd(
            (filter, seconds, coding), wanted => new Lazy<Task<byte[]>>(() => FilmAsync(wanted.Filter, wanted.Seconds, wanted.Coding))).Value;
        return await ReadyClipAsync(film);
    }

    /// <summary>Puts a file into the blob store, as the provider's result.</summary>
    internal async Task<ClipSource> ReadyClipAsync(byte[] film)
    {
        using var content = new MemoryStream(film, writable: false);
        var key = $"provider/{Guid.NewGuid():n}.mp4";
        await Get<IBlobStore>().PutAsync(key, content, "video/mp4", PutMode.Replace, CancellationToken.None);
        return new ClipSource.Stored(key);
    }

    /// <summary>The keys of all clips and posters that are stored for the shop.</summary>
    internal async Task<List<string>> ClipsAsync() => await Get<IBlobStore>().ListAsync("test/clips/", CancellationToken.None).Select(blob => blob.Key).ToListAsync();

    private static async Task<byte[]> FilmAsync(string filter, int seconds, string coding)
    {
        var folder = Directory.CreateTempSubdirectory("pv-film-").FullName;
        try
        {
            var (picture, file) = (Path.Combine(folder, "front.jpg"), Path.Combine(folder, "film.mp4"));
            await File.WriteAllBytesAsync(picture, Picture(800, 600));
            var start = new ProcessStartInfo("ffmpeg")
            {
                ArgumentList = { "-nostdin", "-v", "error" },
            };
            string[] source = filter == Front ? ["-loop", "1", "-framerate", "30", "-i", picture, "-vf", filter] : ["-f", "lavfi", "-i", filter];
            foreach (var argument in (string[])[.. source, "-t", $"{seconds}", .. coding.Split(' '), "-preset", "ultrafast", file])
                start.ArgumentList.Add(argument);
            using var ffmpeg = Process.Start(start)!;
            await ffmpeg.WaitForExitAsync();
            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A product in two colours before white.</summary>
    internal static byte[] Picture(int width, int height) => s_pictures.GetOrAdd((width, height), size => NewPicture(size.Width, size.Height));

    /// <summary>A picture up to whose edge there is something: what in it is the product can't be told.</summary>
    internal static byte[] Scene(int width, int height)
    {
        using var noise = Image.Perlin(width, height, cellSize: 64);
        using var scaled = noise.Linear([80], [128]).Cast(Enums.BandFormat.Uchar);
        using var colour = scaled.Bandjoin(scaled.Invert(), scaled);
        return Jpeg(colour);
    }

    private static byte[] NewPicture(int width, int height)
    {
        const int border = 60;
        using var left = Plain((width / 2) - border, height - (2 * border), 60, 200, 60);
        using var right = Plain((width / 2) - border, height - (2 * border), 200, 55, 200);
        using var product = left.Join(right, Enums.Direction.Horizontal);
        using var framed = product.Embed(border, border, width, height, extend: Enums.Extend.White);
        return Jpeg(framed);
    }

    private static Image Plain(int width, int height, double r, double g, double b)
    {
        using var black = Image.Black(width, height, bands: 3);
        using var colour = black.Linear([1, 1, 1], [r, g, b]);
        return colour.Cast(Enums.BandFormat.Uchar);
    }

    private static byte[] Jpeg(Image image)
    {
        using var tagged = image.Copy(interpretation: Enums.Interpretation.Srgb);
        return tagged.JpegsaveBuffer();
    }

    /// <summary>The test moves generations itself: a lost wake-up must lose nothing.</summary>
    private sealed class NotedWakes(ConcurrentQueue<Guid> wakes) : IWakeGenerations
    {
        public void Wake(Guid id) => wakes.Enqueue(id);
    }
}
