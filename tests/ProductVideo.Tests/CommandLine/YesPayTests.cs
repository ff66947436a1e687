using ProductVideo.Catalog;
using ProductVideo.Choosing;
using ProductVideo.Generations;
using ProductVideo.Host.Commands;
using ProductVideo.Pipeline;
using ProductVideo.Spending;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.CommandLine;

/// <summary>Nothing paid is ordered from a terminal without the price that was said there.</summary>
public sealed class YesPayTests : IAsyncLifetime
{
    private readonly PipelineFixture _pipeline = new();

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public async Task a_paid_video_is_told_with_the_words_that_agree_to_it()
    {
        await ListAsync("scripted");
        var preview = await PreviewAsync();
        YesPay.Unagreed(preview, agreed: []).ShouldBe(
            "This video costs 0.70 USD at scripted, so nothing was ordered. Say the same again with --yes-pay \"0.70 USD\" to agree to that.");
        YesPay.Unagreed(preview, Of("--yes-pay", "0.69 USD")).ShouldNotBeNull();
        YesPay.Unagreed(preview, Of("--yes-pay", "0.70 USD")).ShouldBeNull();
        YesPay.LeftOut(preview, Of("--yes-pay", "0.70 USD")).ShouldBeNull("who stands in is free");
    }

    [Fact]
    public async Task what_stand_ins_cost_is_told_too_and_left_out_where_it_is_not_agreed_to()
    {
        await ListAsync("local", "scripted");
        var preview = await PreviewAsync();
        YesPay.Unagreed(preview, agreed: []).ShouldBeNull();
        YesPay.LeftOut(preview, agreed: []).ShouldNotBeNull().ShouldContain("--yes-pay \"0.70 USD\" would agree to that.");
        YesPay.LeftOut(preview, [new Money(0.7m, "USD")]).ShouldBeNull();

        var created = await MainJob.OrderAsync(_pipeline.Get<VideoGenerations>(), Mug, Wishes, agreed: [], CancellationToken.None);
        (created.Generation.Order.Provider, created.Generation.Order.Origin).ShouldBe(("local", GenerationOrigin.CommandLine));
        created.Generation.Order.StandIns.ShouldNotBeNull().Agreed.ShouldNotBeNull().ShouldBeEmpty();
    }

    [Fact]
    public async Task a_terminal_that_agreed_to_nothing_orders_nothing_paid()
    {
        (await Should.ThrowAsync<RefusedException>(() => MainJob.OrderAsync(_pipeline.Get<VideoGenerations>(), Mug, Wishes with { Provider = "scripted" }, agreed: [], CancellationToken.None)))
            .Problem.Code.ShouldBe("price_not_agreed");
        _pipeline.Provider.Submits.ShouldBeEmpty();
    }

    [Fact]
    public async Task what_no_cap_has_room_for_is_told_and_not_priced()
    {
        await _pipeline.Get<Budgets>().PutAsync(new Budget(Guid.CreateVersion7(), BudgetScope.Everything, null, BudgetPeriod.Ever, new Money(0.1m, "USD")), CancellationToken.None);
        YesPay.Unagreed(await PreviewAsync(), [new Money(9, "USD")]).ShouldNotBeNull().ShouldContain("only 0.10 USD is left");
    }

    [Theory]
    [InlineData("generate --product mug --yes-pay 0.70USD")]
    [InlineData("doubt retry 0199d1f0-0000-7000-8000-000000000001 --yes-pay 1EUR --yes-pay 2USD")]
    public void each_command_that_orders_takes_it(string words) => AllCommands.Create().Parse(words.Split(' ')).Errors.ShouldBeEmpty();

    [Fact]
    public async Task the_help_says_who_makes_it_and_that_a_price_is_agreed_to()
    {
        using var told = new StringWriter();
        await AllCommands.Create().Parse("generate --help").InvokeAsync(new() { Output = told }, TestContext.Current.CancellationToken);
        var text = string.Join(' ', $"{told}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        text.ShouldContain("whoever the shop's list names");
        text.ShouldContain("not ordered without --yes-pay");
    }

    private static ProductRef Mug => new("test", "mug");

    private static VideoWishes Wishes => new() { Aspect = "1:1", Seconds = 5 };

    private static IReadOnlyList<Money> Of(params string[] words) => YesPay.Of(AllCommands.Create().Parse(["generate", "--product", "mug", .. words]));

    private Task<VideoPreview> PreviewAsync() => _pipeline.Get<VideoGenerations>().PreviewAsync(Mug, Wishes, MainJob.Requester([]), CancellationToken.None);

    private Task ListAsync(params string[] providers) => _pipeline.Get<ProviderLists>().PutAsync(
        "test", new ProviderList { Choices = [.. providers.Select(provider => new ProviderChoice { Provider = provider })] }, "tester", CancellationToken.None);
}
