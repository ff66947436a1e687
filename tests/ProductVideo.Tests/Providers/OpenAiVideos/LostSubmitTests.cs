using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.OpenAiVideos;
using ProductVideo.Providers;
using ProductVideo.Providers.OpenAiVideos;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.OpenAiVideos;

/// <summary>How a start whose answer was lost is found again, by what each server shows.</summary>
public sealed class LostSubmitTests : IAsyncDisposable
{
    private readonly List<ServerParts> _started = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var parts in _started)
        {
            await parts.Fake.DisposeAsync();
            parts.Dispose();
        }
    }

    private async Task<ServerParts> StartAsync(VideosSoftware software)
    {
        var parts = new ServerParts(software);
        _started.Add(parts);
        await parts.Fake.StartAsync();
        await parts.PutPictureAsync();
        return parts;
    }

    private static VideoRequest Request(OpenAiVideosProvider provider, string prompt) => ServerParts.Request(provider.Models[0]) with { Prompt = prompt };

    private static SubmitIntent Intent(DateTimeOffset since) => new(new string('a', 26), since);

    private static async Task<string> OrderAsync(OpenAiVideosProvider provider, string prompt) =>
        (await provider.StartAsync(Request(provider, prompt), Intent(Some.Noon), CancellationToken.None)).ShouldBeOfType<StartOutcome.Accepted>().Operation.RemoteId;

    private static Task<FindOutcome> FindAsync(OpenAiVideosProvider provider, string prompt) =>
        provider.ShouldBeAssignableTo<IFindVideo>()!.FindAsync(Request(provider, prompt), Intent(Some.Noon), CancellationToken.None);

    [Fact]
    public async Task vllm_omni_shows_whose_prompt_it_is_before_the_task_has_ended()
    {
        var parts = await StartAsync(VideosSoftware.VllmOmni);
        parts.Fake.MostPerPage = 3;
        var provider = parts.Provider();
        var ours = await OrderAsync(provider, "The mug,\nslowly.");
        for (var i = 0; i < 7; i++)
            await OrderAsync(provider, $"Another product, number {i}.");
        (await FindAsync(provider, "The mug,\r\nslowly.")).ShouldBeOfType<FindOutcome.Alike>().Tasks.ShouldHaveSingleItem().RemoteId.ShouldBe(ours);
        (await FindAsync(provider, "Never sent.")).ShouldBeOfType<FindOutcome.Absent>();
    }

    [Fact]
    public async Task two_tasks_of_one_prompt_are_both_named()
    {
        var parts = await StartAsync(VideosSoftware.VllmOmni);
        var provider = parts.Provider();
        string[] both = [await OrderAsync(provider, "The mug."), await OrderAsync(provider, "The mug.")];
        (await FindAsync(provider, "The mug.")).ShouldBeOfType<FindOutcome.Alike>().Tasks.Select(task => task.RemoteId).ShouldBe(both, ignoreOrder: true);
    }

    [Theory]
    [InlineData("The “mug”, slowly.")]
    [InlineData("The mug")]
    public async Task a_prompt_that_was_spelt_anew_or_cut_short_proves_nothing(string shown)
    {
        var provider = (await StartAsync(VideosSoftware.VllmOmni)).Provider();
        var other = await OrderAsync(provider, shown);
        var alike = (await FindAsync(provider, "The \"mug\", slowly.")).ShouldBeOfType<FindOutcome.Alike>();
        (alike.Tasks.Count, alike.Silent.ShouldHaveSingleItem().RemoteId, alike.Wait).ShouldBe((0, other, null));
    }

    [Theory]
    [InlineData(0, FakeTaskState.Running, true)]
    [InlineData(1, FakeTaskState.Queued, false)]
    [InlineData(1, FakeTaskState.Running, false)]
    [InlineData(1, FakeTaskState.Finished, false)]
    public async Task where_a_video_costs_something_none_is_stopped(int price, FakeTaskState state, bool stopped)
    {
        var parts = await StartAsync(VideosSoftware.VllmOmni);
        parts.Settings.PricePerSecond = price;
        var provider = parts.Provider();
        var task = await OrderAsync(provider, "The mug.");
        parts.Fake.Tasks[0].State = state;
        (await ((ICancelVideo)provider).CancelAsync(new ProviderOperation(task), CancellationToken.None)).ShouldBe(stopped);
        (await provider.CheckAsync(new ProviderOperation(task), CancellationToken.None) is CheckOutcome.Refused).ShouldBe(stopped);
    }

    [Fact]
    public async Task a_build_that_hides_prompts_proves_nothing()
    {
        // What SGLang answers, read as vLLM-Omni's.
        var parts = await StartAsync(VideosSoftware.Sglang);
        var ours = await OrderAsync(parts.Provider(), "The mug.");
        parts.Settings.BaseAddress = parts.Fake.Address;
        var misnamed = new VllmOmniProvider(
            "Studio", parts.Settings, parts.Remote.Exchange, parts.Remote.Carrier, parts.Remote.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<OpenAiVideosProvider>.Instance);
        var alike = (await FindAsync(misnamed, "The mug.")).ShouldBeOfType<FindOutcome.Alike>();
        (alike.Tasks.Count, alike.Silent.ShouldHaveSingleItem().RemoteId, alike.Wait).ShouldBe((0, ours, null));
    }

    [Theory]
    [InlineData(VideosSoftware.Generic)]
    [InlineData(VideosSoftware.Sglang)]
    public async Task where_nothing_of_ours_is_sure_to_be_shown_the_whole_list_decides(VideosSoftware software)
    {
        var provider = (await StartAsync(software)).Provider();
        provider.ShouldNotBeAssignableTo<IFindVideo>();
        provider.Capabilities(provider.Models[0]).Correlation.ShouldBe(CorrelationClass.ListOnly);
    }

    [Fact]
    public async Task the_list_is_read_to_its_end_though_it_never_says_that_there_is_more()
    {
        var parts = await StartAsync(VideosSoftware.Sglang);
        var provider = parts.Provider();
        for (var i = 0; i < 101; i++)
            await OrderAsync(provider, "The mug.");
        (await ListAsync(provider)).ShouldBeOfType<ListOutcome.Listed>().Tasks.Count.ShouldBe(101);
    }

    [Fact]
    public async Task a_list_whose_rest_cant_be_had_is_none()
    {
        var parts = await StartAsync(VideosSoftware.Generic);
        var provider = parts.Provider();
        (parts.Fake.MostPerPage, parts.Fake.IgnoresCursor) = (2, true);
        for (var i = 0; i < 3; i++)
            await OrderAsync(provider, "The mug.");
        (await ListAsync(provider)).ShouldBeOfType<ListOutcome.Unavailable>().Fault.Code.ShouldBe(ProviderFaultCode.Protocol);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public async Task only_tasks_of_the_window_that_may_still_become_a_clip_or_may_be_charged_are_listed(int price, int listed)
    {
        var parts = await StartAsync(VideosSoftware.Generic);
        parts.Settings.PricePerSecond = price;
        var provider = parts.Provider();
        await OrderAsync(provider, "Long ago.");
        parts.Remote.Clock.Advance(TimeSpan.FromHours(1));
        string[] both = [await OrderAsync(provider, "The mug."), await OrderAsync(provider, "Failed.")];
        parts.Fake.Tasks[^1].State = FakeTaskState.Failed;
        var now = parts.Remote.Clock.GetUtcNow();
        (await provider.ListAsync("film-1", now.AddMinutes(-1), now.AddMinutes(1), CancellationToken.None))
            .ShouldBeOfType<ListOutcome.Listed>().Tasks.Select(task => task.RemoteId).ShouldBe(both.Take(listed), ignoreOrder: true);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task a_failed_task_is_found_where_it_may_be_charged(int price, bool found)
    {
        var parts = await StartAsync(VideosSoftware.VllmOmni);
        parts.Settings.PricePerSecond = price;
        var provider = parts.Provider();
        await OrderAsync(provider, "The mug.");
        parts.Fake.Tasks[0].State = FakeTaskState.Failed;
        (await FindAsync(provider, "The mug.") is FindOutcome.Alike { Tasks: [_] }).ShouldBe(found);
    }

    private static Task<ListOutcome> ListAsync(OpenAiVideosProvider provider) =>
        provider.ListAsync(provider.Models[0], Some.Noon.AddMinutes(-1), Some.Noon.AddMinutes(1), CancellationToken.None);
}
