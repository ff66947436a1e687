using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Blobs;
using ProductVideo.BlobStores.Files;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Providers.Local;
using ProductVideo.Rendering;
using ProductVideo.Tests.BlobStores;
using ProductVideo.Tests.BlobStores.AzureBlobs;
using ProductVideo.Tests.Generations;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public sealed class RenderWorkerTests : IAsyncLifetime
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly PipelineFixture _pipeline;
    private readonly string _folder = Directory.CreateTempSubdirectory("productvideo-worker-").FullName;
    private OutageStore _storage = null!;
    private string? _ffmpeg;
    private string? _work;

    public RenderWorkerTests() => _pipeline = new PipelineFixture
    {
        Add = services =>
        {
            services.AddSingleton<IBlobStore>(provider => _storage = new OutageStore(new FileBlobStore(provider.GetRequiredService<FileBlobOptions>())));
            if (_ffmpeg is { } ffmpeg)
                services.AddSingleton(FfmpegTool.AlreadyChecked(ffmpeg, ffmpeg));
            services.AddSingleton(provider => new RenderSettings(_work ?? provider.GetRequiredService<PipelineOptions>().WorkFolder, ShortSide: 64, Workers: 1));
        },
    };

    private IRenderOrders Orders => _pipeline.Get<IRenderOrders>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _pipeline.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task an_encoder_that_is_stopped_from_outside_fails_no_video_until_it_was_so_three_times()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals.");
        await StartAsync(await ScriptAsync("kill -TERM $$"));
        await AddAsync("order");

        (await RenderAsync()).ShouldBeFalse("the next encoder would be stopped with it");
        (await FindAsync("order")).ShouldSatisfyAllConditions(
            order => order.State.ShouldBe(RenderOrderState.Waiting),
            order => order.Starts.ShouldBe(1),
            order => order.Setback!.Problem.Code.ShouldBe("render_stopped"));
        (await RenderAsync()).ShouldBeFalse();
        (await FindAsync("order")).Starts.ShouldBe(1);

        for (var i = 2; i <= 3; i++)
            await RenderLaterAsync();
        (await FindAsync("order")).ShouldSatisfyAllConditions(
            order => order.State.ShouldBe(RenderOrderState.Failed),
            order => order.Starts.ShouldBe(3),
            order => order.Problem!.Code.ShouldBe("render_gave_up"));
    }

    [Fact]
    public async Task while_the_storage_is_away_orders_wait_and_say_why_and_then_are_made()
    {
        await StartAsync();
        foreach (var id in (string[])["first", "second", "third"])
            await AddAsync(id);
        _storage.IsAway = true;

        for (var i = 0; i < 10; i++)
            (await RenderAsync()).ShouldBeFalse();
        (await FindAsync("first")).ShouldSatisfyAllConditions(
            order => order.State.ShouldBe(RenderOrderState.Waiting),
            order => order.Starts.ShouldBe(0),
            order => order.Setback!.Problem.Code.ShouldBe("storage_unavailable"));
        (await FindAsync("second")).Setback.ShouldBeNull("the queue is not consumed");
        (await CheckAsync("first")).ShouldBeOfType<CheckOutcome.Pending>().Fault!.MerchantText.ShouldContain("storage");

        _storage.IsAway = false;
        await RenderLaterAsync();
        (await FindAsync("first")).State.ShouldBe(RenderOrderState.Done);
        (await CheckAsync("first")).ShouldBeOfType<CheckOutcome.Ready>();
    }

    [Fact]
    public async Task a_storage_that_breaks_off_in_a_picture_keeps_its_order_waiting_too()
    {
        await using var broken = new BrokenOffAzure(given: 100);
        await StartAsync();
        await AddAsync("order");
        _storage.ReadsFrom = broken.Store;
        (await RenderAsync()).ShouldBeFalse();
        (await FindAsync("order")).ShouldSatisfyAllConditions(
            order => order.State.ShouldBe(RenderOrderState.Waiting),
            order => order.Starts.ShouldBe(0),
            order => order.Setback!.Problem.Code.ShouldBe("storage_unavailable"));

        _storage.ReadsFrom = null;
        await RenderLaterAsync();
        (await FindAsync("order")).State.ShouldBe(RenderOrderState.Done);
    }

    [Fact]
    public async Task a_fault_that_does_not_pass_in_a_day_ends_the_order_as_the_servers_own()
    {
        await StartAsync();
        await AddAsync("order");
        _storage.IsAway = true;
        await RenderAsync();
        _pipeline.Clock.Advance(TimeSpan.FromHours(23));
        await RenderAsync();
        (await FindAsync("order")).Setback!.Tries.ShouldBe(2);

        _pipeline.Clock.Advance(TimeSpan.FromHours(1));
        await RenderAsync();
        (await FindAsync("order")).Problem!.Code.ShouldBe("storage_unavailable");
        (await CheckAsync("order")).ShouldBeOfType<CheckOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.OwnServer);
    }

    [Fact]
    public async Task a_program_that_is_missing_during_an_upgrade_keeps_orders_waiting()
    {
        await StartAsync(Path.Combine(_folder, "no-such-ffmpeg"));
        await AddAsync("order");
        await RenderAsync();
        (await FindAsync("order")).ShouldSatisfyAllConditions(
            order => order.State.ShouldBe(RenderOrderState.Waiting),
            order => order.Starts.ShouldBe(0),
            order => order.Setback!.Problem.Code.ShouldBe("ffmpeg_missing"));
    }

    [Fact]
    public async Task a_work_folder_that_cant_be_made_is_the_servers_fault_and_counts_as_no_start()
    {
        _work = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(_work, "no folder");
        await StartAsync();
        await AddAsync("order");
        for (var i = 0; i < 5; i++)
            await RenderLaterAsync();
        (await FindAsync("order")).ShouldSatisfyAllConditions(
            order => order.State.ShouldBe(RenderOrderState.Waiting),
            order => order.Starts.ShouldBe(0),
            order => order.Setback!.Problem.Code.ShouldBe("work_folder_unavailable"));
    }

    [Fact]
    public async Task a_picture_that_cant_be_read_ends_its_order_at_once()
    {
        await StartAsync();
        await AddAsync("order", "no picture"u8.ToArray());
        (await RenderAsync()).ShouldBeTrue();
        (await FindAsync("order")).Problem!.Code.ShouldBe("image_unreadable");
        (await CheckAsync("order")).ShouldBeOfType<CheckOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.InvalidInput);
    }

    [Theory]
    [InlineData(RenderFault.FfmpegMissing, "ffmpeg_missing", true, false)]
    [InlineData(RenderFault.FontMissing, "font_missing", true, false)]
    [InlineData(RenderFault.DiskFull, "disk_full", true, false)]
    [InlineData(RenderFault.EncoderFailed, "encoder_failed", true, false)]
    [InlineData(RenderFault.TimedOut, "render_timed_out", true, true)]
    [InlineData(RenderFault.Stopped, "render_gave_up", true, true)]
    [InlineData(RenderFault.InvalidPlan, "invalid_plan", false, false)]
    [InlineData(RenderFault.UnreadableImage, "image_unreadable", false, false)]
    internal void only_what_the_order_asks_for_ends_it_at_once(RenderFault fault, string code, bool waits, bool counts)
    {
        var trouble = RenderTrouble.Of(new RenderException(fault, "merchant", "operator"), _folder);
        (trouble.Problem.Code, trouble.Waiting is not null, trouble.Counts).ShouldBe((code, waits, counts));
    }

    private async Task StartAsync(string? ffmpeg = null)
    {
        _ffmpeg = ffmpeg;
        await _pipeline.InitializeAsync();
        _pipeline.Get<IBlobStore>().ShouldBeSameAs(_storage);
    }

    private async Task<string> ScriptAsync(string body)
    {
        var script = Path.Combine(_folder, "ffmpeg");
        await File.WriteAllTextAsync(script, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return script;
    }

    private async Task AddAsync(string id, byte[]? picture = null)
    {
        var request = Some.Request();
        using var content = new MemoryStream(picture ?? PipelineFixture.Picture(800, 600), writable: false);
        await _storage.PutAsync(request.Images[0].BlobKey, content, request.Images[0].ContentType, PutMode.Replace, CancellationToken.None);
        await Orders.AddAsync(id, request, CancellationToken.None);
        _pipeline.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    private Task<bool> RenderAsync() => _pipeline.Get<RenderWorker>().RenderNextAsync(CancellationToken.None);

    /// <summary>Once whatever was put off is due again.</summary>
    private Task<bool> RenderLaterAsync()
    {
        _pipeline.Clock.Advance(Longest);
        return RenderAsync();
    }

    private async Task<RenderOrder> FindAsync(string id) => (await Orders.FindAsync(id, CancellationToken.None)).ShouldNotBeNull();

    private Task<CheckOutcome> CheckAsync(string id) => _pipeline.Get<IEnumerable<IVideoProvider>>().OfType<LocalVideoProvider>().Single()
        .CheckAsync(new ProviderOperation(id), CancellationToken.None);
}
