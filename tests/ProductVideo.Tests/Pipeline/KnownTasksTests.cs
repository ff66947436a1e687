using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Spending;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Pipeline;

/// <summary>A mark that is not found proves something only where the account shows what it surely made, though it has no list.</summary>
public sealed class KnownTasksTests : IAsyncLifetime
{
    private readonly ScriptedProvider _scripted = new() { Key = "showing" };
    private readonly ShowingProvider _showing;
    private readonly PipelineFixture _pipeline;

    public KnownTasksTests()
    {
        _showing = new ShowingProvider(_scripted);
        _pipeline = new PipelineFixture { Add = services => services.AddSingleton<IVideoProvider>(_showing) };
    }

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    private async Task<Generation> OrderedAsync(string product)
    {
        var order = (await _pipeline.Get<VideoGenerations>().CreateAsync(
            new ProductRef("test", product), new VideoWishes { Provider = "showing", Aspect = "1:1", Seconds = 5 }, new Requester("tester", GenerationOrigin.Api), null,
            CancellationToken.None)).Generation;
        return await _pipeline.AdvanceAsync(order.Id);
    }

    private async Task<Generation> LostAsync()
    {
        _scripted.OnStart = _ => new StartOutcome.Unknown(new ProviderFault(ProviderFaultCode.Transient, "reset", "Broke."));
        var lost = await OrderedAsync("mug");
        _scripted.OnStart = intent => new StartOutcome.Accepted(new ProviderOperation("task-" + intent.Nonce));
        return lost;
    }

    /// <summary>An order whose task is known, and after it one whose answer is lost.</summary>
    private async Task<(string Known, Generation Lost)> KnownAndLostAsync(bool isReady)
    {
        _pipeline.Shop.Add("cup", ("cup.jpg", PipelineFixture.Picture(900, 700)), ("cup-back.jpg", PipelineFixture.Picture(700, 900)));
        var known = await OrderedAsync("cup");
        if (isReady)
        {
            await using var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
            await db.Generations.Where(row => row.Id == known.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, nameof(AwaitingReview)));
        }

        return (known.State.ShouldBeOfType<GenerationState.Rendering>().Operation.RemoteId, await LostAsync());
    }

    private Task<Generation> SettledAsync(Generation lost) => _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(4), lost.Id);

    [Fact]
    public async Task a_mark_that_another_accounts_key_does_not_find_is_not_sent_again()
    {
        var (known, lost) = await KnownAndLostAsync(isReady: true);
        IReadOnlyList<string>? asked = null;
        _showing.OnShow = ids =>
        {
            asked = ids;
            return ([], null);
        };

        var doubt = (await SettledAsync(lost)).State.ShouldBeOfType<InDoubt>();
        (doubt.Problem.Code, doubt.Problem.OperatorText.Contains(known, StringComparison.Ordinal)).ShouldBe(("list_incomplete", true));
        (asked.ShouldNotBeNull().ShouldHaveSingleItem(), _scripted.Submits.Count).ShouldBe((known, 2));
        _scripted.OnFind = intent => new FindOutcome.Found(new ProviderOperation("task-" + intent.Nonce));
        (await _pipeline.Get<VideoGenerations>().LookAsync(lost.Id, CancellationToken.None)).Certain.ShouldBeTrue("a mark that is found is the account's");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task a_mark_is_looked_for_again_while_what_is_known_is_still_being_made_or_cant_be_asked_for(bool isAway)
    {
        var (_, lost) = await KnownAndLostAsync(isReady: isAway);
        _showing.OnShow = _ => ([], isAway ? new ProviderFault(ProviderFaultCode.Transient, "503", "Away.") : null);
        (await SettledAsync(lost)).State.ShouldBeOfType<Submitting>();
        _scripted.Submits.Count.ShouldBe(2);

        _showing.OnShow = ids => (ids, null);
        (await SettledAsync(lost)).State.ShouldBeOfType<GenerationState.Rendering>();
        _scripted.Submits.Count.ShouldBe(3);
    }

    [Fact]
    public async Task where_no_task_of_its_time_is_known_none_is_asked_for_and_an_absence_is_believed()
    {
        var (asked, lost) = (0, await LostAsync());
        _showing.OnShow = _ =>
        {
            asked++;
            return ([], null);
        };
        (await SettledAsync(lost)).State.ShouldBeOfType<GenerationState.Rendering>();
        (asked, _scripted.Submits.Count).ShouldBe((0, 2));
    }

    /// <summary>Finds by a mark, has no list, and shows tasks by name.</summary>
    private sealed class ShowingProvider(ScriptedProvider scripted) : IVideoProvider, IFindVideo, IShowVideos
    {
        public Func<IReadOnlyList<string>, (IReadOnlyList<string> Shown, ProviderFault? Fault)> OnShow { get; set; } = ids => (ids, null);

        public string Key => scripted.Key;

        public string DisplayName => scripted.DisplayName;

        public IReadOnlyList<string> Models => scripted.Models;

        public ProviderCapabilities Capabilities(string model) => scripted.Capabilities(model);

        public PriceEstimate EstimatePrice(VideoRequest request) => scripted.EstimatePrice(request);

        public Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken) =>
            scripted.StartAsync(request, intent, cancellationToken);

        public Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken) => scripted.CheckAsync(operation, cancellationToken);

        public Task<FindOutcome> FindAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken) =>
            scripted.FindAsync(request, intent, cancellationToken);

        public Task<(IReadOnlyList<string> Shown, ProviderFault? Fault)> ShowAsync(string model, IReadOnlyList<string> remoteIds, CancellationToken cancellationToken) =>
            Task.FromResult(OnShow(remoteIds));
    }
}
