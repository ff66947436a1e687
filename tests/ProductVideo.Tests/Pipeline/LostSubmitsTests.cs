using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Spending;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Pipeline;

/// <summary>Orders whose answer never came: none is paid for twice, and none gets another's clip.</summary>
public sealed class LostSubmitsTests : IAsyncLifetime
{
    private readonly BeforeTheCall _beforeTheCall = new();
    private readonly PipelineFixture _pipeline;

    public LostSubmitsTests() => _pipeline = new PipelineFixture { Add = services => services.AddSingleton<IWrittenTogether>(_beforeTheCall) };

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    private static StartOutcome Lost => new StartOutcome.Unknown(new ProviderFault(ProviderFaultCode.Transient, "reset", "Broke."));

    private async Task<Generation> OrderAsync(string product = "mug", string aspect = "1:1") => (await _pipeline.Get<VideoGenerations>().CreateAsync(
        new ProductRef("test", product), new VideoWishes { Provider = "scripted", Aspect = aspect, Seconds = 5 }, new Requester("tester", GenerationOrigin.Api), null,
        CancellationToken.None)).Generation;

    private async Task<Generation> LostAsync(string product = "mug", string aspect = "1:1")
    {
        _pipeline.Provider.OnStart = _ => Lost;
        return await _pipeline.AdvanceAsync((await OrderAsync(product, aspect)).Id);
    }

    [Fact]
    public async Task a_server_that_was_off_until_its_provider_forgot_the_task_does_not_pay_for_a_second()
    {
        var made = _pipeline.Clock.GetUtcNow();
        _pipeline.Provider.OnFind = intent => _pipeline.Clock.GetUtcNow() - made < TimeSpan.FromHours(24)
            ? new FindOutcome.Found(new ProviderOperation("task-" + intent.Nonce)) : new FindOutcome.Absent();
        var lost = await LostAsync();

        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromHours(60), lost.Id)).State.ShouldBeOfType<InDoubt>().Problem.Code.ShouldBe("submit_forgotten");
        _pipeline.Provider.Submits.ShouldHaveSingleItem();
        var sighting = await _pipeline.Get<VideoGenerations>().LookAsync(lost.Id, CancellationToken.None);
        sighting.Text.ShouldContain("no longer shows what is this old");
    }

    [Fact]
    public async Task a_task_that_its_provider_did_not_show_all_the_while_is_told_as_that()
    {
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Pending(TimeSpan.FromMinutes(9), Fault: new ProviderFault(ProviderFaultCode.NotFoundOrExpired, "404", "Not shown."));
        var unseen = await _pipeline.AdvanceAsync((await OrderAsync()).Id);
        unseen = await _pipeline.AdvanceAsync(unseen.Id);
        GenerationFacts.Problem(unseen)!.MerchantText.ShouldBe("Not shown.");
        while (unseen.State is GenerationState.Rendering)
            unseen = await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(9), unseen.Id);

        var sighting = await _pipeline.Get<VideoGenerations>().LookAsync(unseen.Id, CancellationToken.None);
        (sighting.Certain, sighting.Text).ShouldBe((
            false,
            "The provider does not show this task at the moment, though it accepted it. It may have been made and charged. Look again later, or at the provider's own pages."));
    }

    [Theory]
    [InlineData("cup", "1:1")]
    [InlineData("mug", "16:9")]
    public async Task of_two_lost_orders_of_one_prompt_neither_takes_the_only_task(string product, string aspect)
    {
        _pipeline.Shop.Add("cup", ("cup.jpg", PipelineFixture.Picture(900, 700)), ("cup-back.jpg", PipelineFixture.Picture(700, 900)));
        var (first, second) = (await LostAsync(), await LostAsync(product, aspect));
        first.Order.Request.Prompt.ShouldBe(second.Order.Request.Prompt);
        var task = new RemoteTask("task-of-one-of-them", _pipeline.Clock.GetUtcNow());
        _pipeline.Provider.OnFind = _ => FindOutcome.Among([task], [], wait: null);

        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(4), first.Id)).State.ShouldBeOfType<InDoubt>().Candidates.ShouldBe([task]);
        (await _pipeline.AdvanceAsync(second.Id)).State.ShouldBeOfType<InDoubt>().Candidates.ShouldBe([task]);
        (await _pipeline.Get<VideoGenerations>().LookAsync(first.Id, CancellationToken.None)).Certain.ShouldBeFalse();
        _pipeline.Provider.Submits.Count.ShouldBe(2);
    }

    [Fact]
    public async Task an_only_task_of_its_prompt_is_taken_where_no_other_order_can_have_made_it()
    {
        var lost = await LostAsync();
        var task = new RemoteTask("task-of-the-mug", _pipeline.Clock.GetUtcNow());
        SubmitIntent? asked = null;
        _pipeline.Provider.OnFind = intent =>
        {
            asked = intent;
            return FindOutcome.Among([task], [], wait: null);
        };
        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(4), lost.Id)).State.ShouldBeOfType<GenerationState.Rendering>().Operation.RemoteId.ShouldBe("task-of-the-mug");
        asked.ShouldNotBeNull().Until.ShouldBe(lost.CreatedAt.AddMinutes(6));
    }

    [Theory]
    [InlineData(CorrelationClass.Nothing)]
    [InlineData(CorrelationClass.Tag)]
    public async Task a_list_of_models_that_comes_between_decision_and_call_sends_nothing_again(CorrelationClass correlation)
    {
        _pipeline.Provider.Correlation = correlation;
        var now = _pipeline.Clock.GetUtcNow();
        var some = Some.Generation(new Submitting(Some.Intent with { Since = now }), provider: "scripted");
        var sent = some with
        {
            Product = new ProductRef("test", "mug"), CreatedAt = now, UpdatedAt = now, DueAt = now,
            Order = some.Order with { Request = Some.Request("model-1"), Price = new PriceEstimate(new Money(0.7m, "USD"), new DateOnly(2026, 11, 1)) },
        };
        await _pipeline.Get<GenerationStore>().AddAsync(sent, null, CancellationToken.None);
        _pipeline.Provider.Models = [];
        _beforeTheCall.Happens = () => _pipeline.Provider.Models = ["model-1"];

        (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(10), sent.Id)).State.ShouldBeOfType<Submitting>().LastProblem!.MerchantText.ShouldContain("offers no model");
        _pipeline.Provider.Submits.ShouldBeEmpty();
        _pipeline.Provider.OnFind = intent => new FindOutcome.Found(new ProviderOperation("task-" + intent.Nonce));
        var after = (await _pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(10), sent.Id)).State;
        after.Name.ShouldBe(correlation is CorrelationClass.Tag ? nameof(GenerationState.Rendering) : nameof(InDoubt));
        _pipeline.Provider.Submits.ShouldBeEmpty();
    }

    private sealed class BeforeTheCall : IWrittenTogether
    {
        public Action Happens { get; set; } = () => { };

        public Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken)
        {
            if (before is not null && after.State is Submitting)
                Happens();
            return Task.CompletedTask;
        }
    }
}
