using System.Text.Json.Nodes;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.OpenAiVideos;
using ProductVideo.Providers;
using ProductVideo.Providers.OpenAiVideos;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.OpenAiVideos;

public sealed class OpenAiVideosProviderTests : IAsyncDisposable
{
    private ServerParts _parts = new(VideosSoftware.VllmOmni);

    public async ValueTask DisposeAsync()
    {
        await _parts.Fake.DisposeAsync();
        _parts.Dispose();
    }

    private async Task<OpenAiVideosProvider> StartAsync(VideosSoftware software, Action<OpenAiVideosServer>? change = null)
    {
        _parts.Dispose();
        _parts = new ServerParts(software);
        await _parts.Fake.StartAsync();
        await _parts.PutPictureAsync();
        change?.Invoke(_parts.Settings);
        return _parts.Provider();
    }

    private SubmitIntent Intent(char letter = 'a') => new(new string(letter, 26), _parts.Remote.Clock.GetUtcNow());

    private static VideoRequest Request(OpenAiVideosProvider provider) => ServerParts.Request(provider.Models[0]);

    private async Task<ProviderOperation> AcceptAsync(OpenAiVideosProvider provider, VideoRequest? request = null) =>
        (await provider.StartAsync(request ?? Request(provider), Intent(), CancellationToken.None)).ShouldBeOfType<StartOutcome.Accepted>().Operation;

    private JsonNode Sent => _parts.Fake.Tasks[^1].Order.Body;

    [Fact]
    public async Task a_form_is_written_as_pythons_clients_write_it()
    {
        await AcceptAsync(await StartAsync(VideosSoftware.Sglang));
        var form = _parts.Fake.LastForm;
        form.ShouldContain("Content-Disposition: form-data; name=\"seconds\"\r\n\r\n4\r\n");
        form.ShouldContain("form-data; name=\"input_reference\"; filename=\"first-frame.png\"");
        form.ShouldNotContain("text/plain");
        form.ShouldNotContain("filename*");
        Sent.ToJsonString().ShouldBe("""{"model":"Wan-AI/Wan2.2-I2V-A14B-Diffusers","prompt":"A slow push-in on the mug.","seconds":"4","size":"1280x720","fps":"16"}""");
    }

    [Fact]
    public async Task vllm_omni_gets_the_seed_and_what_must_not_be_seen()
    {
        var provider = await StartAsync(VideosSoftware.VllmOmni);
        await AcceptAsync(provider, Request(provider) with { Seed = 7, NegativePrompt = "people" });
        ((string?)Sent["seed"], (string?)Sent["negative_prompt"]).ShouldBe(("7", "people"));
    }

    [Fact]
    public async Task minimax_h3_is_told_its_task_with_the_length_and_the_ratio_filled_in()
    {
        var provider = await StartAsync(VideosSoftware.VllmOmni, server => server.Models[0].Id = "MiniMaxAI/MiniMax-H3");
        await _parts.PutPictureAsync(width: 768, height: 768);
        await AcceptAsync(provider, Request(provider) with { Resolution = "768P", Aspect = "1:1", Seconds = 5, NegativePrompt = "people" });
        ((string?)Sent["extra_params"]).ShouldBe("""{"task":"fl2va","aspect_ratio":"1:1","duration":5}""");
        (Sent["negative_prompt"], (string?)Sent["size"], (string?)Sent["fps"]).ShouldBe((null, "768x768", "24"));
    }

    [Fact]
    public async Task fields_of_the_settings_come_along_and_an_empty_one_takes_a_presets_away()
    {
        var provider = await StartAsync(VideosSoftware.VllmOmni, server =>
        {
            server.Extra["fps"] = "";
            server.Extra["num_inference_steps"] = "20";
            server.Models[0].Extra["num_inference_steps"] = "30";
            server.Models[0].Extra["num_frames"] = "{seconds}1";
        });
        await AcceptAsync(provider);
        (Sent["fps"], (string?)Sent["num_inference_steps"], (string?)Sent["num_frames"]).ShouldBe((null, "30", "41"));
    }

    [Fact]
    public async Task a_picture_of_another_size_than_the_clips_would_be_refused()
    {
        var provider = await StartAsync(VideosSoftware.Generic);
        await _parts.PutPictureAsync(width: 1080, height: 1080);
        (await provider.StartAsync(Request(provider), Intent(), CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.InvalidInput);
        provider.Capabilities("film-1").Images.FrameSizeOf("720P", "9:16").ShouldBe(new FrameSize("720P", "9:16", 720, 1280));
    }

    [Fact]
    public async Task a_ratio_that_no_size_has_is_refused_before_anything_is_sent()
    {
        var provider = await StartAsync(VideosSoftware.Generic);
        (await provider.StartAsync(Request(provider) with { Aspect = "1:1" }, Intent(), CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>();
        _parts.Fake.Submits.ShouldBe(0);
    }

    [Fact]
    public async Task a_picture_that_is_gone_sends_nothing()
    {
        var provider = await StartAsync(VideosSoftware.Sglang);
        await _parts.Remote.Blobs.DeleteAsync("prepared/1.png", CancellationToken.None);
        (await provider.StartAsync(Request(provider), Intent(), CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>().Fault.MerchantText.ShouldContain("picture");
        _parts.Fake.Submits.ShouldBe(0);
    }

    [Theory]
    [InlineData("50", 0.5)]
    [InlineData("0.25", 0.25)]
    [InlineData("1", 0.01)]
    [InlineData("1.0", 1)]
    [InlineData("\"70%\"", 0.7)]
    [InlineData("250", 1)]
    public async Task progress_is_read_as_a_share_or_of_a_hundred(string told, double share)
    {
        var provider = await StartAsync(VideosSoftware.Generic);
        var operation = await AcceptAsync(provider);
        _parts.Fake.Progress = told;
        (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Pending>().Progress!.Value.ShouldBe(share, 1e-9);
    }

    [Theory]
    [InlineData("cancelled", true)]
    [InlineData("CANCELLED", true)]
    [InlineData("Canceled", true)]
    [InlineData("Deleted", true)]
    [InlineData("FAILED", false)]
    public async Task a_task_that_was_stopped_is_told_from_one_that_failed_however_that_is_spelt(string status, bool stopped)
    {
        var provider = await StartAsync(VideosSoftware.Generic);
        var operation = await AcceptAsync(provider);
        _parts.Fake.Status = status;
        (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Refused>().Stopped.ShouldBe(stopped);
    }

    [Theory]
    [InlineData(VideosSoftware.Generic)]
    [InlineData(VideosSoftware.VllmOmni)]
    [InlineData(VideosSoftware.Sglang)]
    public async Task a_task_that_a_restart_forgot_is_gone(VideosSoftware software)
    {
        var provider = await StartAsync(software);
        var operation = await AcceptAsync(provider);
        _parts.Fake.ForgetTask(operation.RemoteId);
        (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.NotFoundOrExpired);
    }

    [Fact]
    public async Task the_clip_is_fetched_with_the_key_and_never_beyond_the_limit()
    {
        var provider = await StartAsync(VideosSoftware.VllmOmni);
        var operation = await AcceptAsync(provider);
        (_parts.Fake.Clip, var clip) = (new byte[200_000], await ReadyAsync(provider, operation));
        using var target = new MemoryStream();
        (await provider.DownloadAsync(clip, target, 200_000, CancellationToken.None)).ShouldBeNull();
        target.Length.ShouldBe(200_000);
        (await provider.DownloadAsync(clip, new MemoryStream(), 199_999, CancellationToken.None)).ShouldNotBeNull().Code.ShouldBe(ProviderFaultCode.Protocol);
        _parts.Settings.ApiKey = "another";
        (await _parts.Provider().DownloadAsync(clip, new MemoryStream(), 200_000, CancellationToken.None)).ShouldNotBeNull().Code.ShouldBe(ProviderFaultCode.Unauthorised);
    }

    [Fact]
    public async Task a_page_in_the_place_of_a_clip_is_no_clip()
    {
        var provider = await StartAsync(VideosSoftware.Generic);
        var clip = await ReadyAsync(provider, await AcceptAsync(provider));
        _parts.Fake.ContentType = "text/html";
        (await provider.DownloadAsync(clip, new MemoryStream(), 200_000, CancellationToken.None)).ShouldNotBeNull().OperatorText.ShouldContain("text/html");
    }

    [Theory]
    [InlineData(VideosSoftware.VllmOmni, true)]
    [InlineData(VideosSoftware.Generic, false)]
    public async Task a_prompt_is_believed_only_where_it_is_known_to_be_shown_as_it_was_sent(VideosSoftware software, bool isBelieved)
    {
        var provider = await StartAsync(software);
        var operation = await AcceptAsync(provider);
        _parts.Fake.Finish(operation.RemoteId);
        var echo = (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Ready>().Echo;
        echo?.Prompt.ShouldBe(Request(provider).Prompt);
        (echo is not null).ShouldBe(isBelieved);
    }

    [Fact]
    public async Task what_the_target_throws_is_the_callers_own()
    {
        var provider = await StartAsync(VideosSoftware.Generic);
        _parts.Fake.Clip = new byte[1_000];
        var clip = await ReadyAsync(provider, await AcceptAsync(provider));
        await Should.ThrowAsync<IOException>(() => provider.DownloadAsync(clip, new FullDisk(), 200_000, CancellationToken.None));
    }

    private async Task<ClipSource.AtProvider> ReadyAsync(OpenAiVideosProvider provider, ProviderOperation operation)
    {
        _parts.Fake.Finish(operation.RemoteId);
        return (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Ready>().Sources.ShouldHaveSingleItem().ShouldBeOfType<ClipSource.AtProvider>();
    }

    [Fact]
    public async Task a_second_has_the_price_of_the_settings_and_an_own_gpu_is_free()
    {
        var paid = await StartAsync(VideosSoftware.Generic, server => server.PriceDate = new DateOnly(2026, 11, 1));
        var price = paid.EstimatePrice(Request(paid));
        (price.Amount.Amount, price.Amount.Currency, price.PriceDate).ShouldBe((0.4m, "USD", new DateOnly(2026, 11, 1)));
        paid.Capabilities("film-1").Billing.ShouldBe(BillingRule.Unknown);
        var own = await StartAsync(VideosSoftware.VllmOmni);
        own.Capabilities(own.Models[0]).Billing.ShouldBe(BillingRule.Free);
        own.EstimatePrice(Request(own)).Amount.IsZero.ShouldBeTrue();
    }

    private sealed class FullDisk : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("No space left on device");
    }
}
