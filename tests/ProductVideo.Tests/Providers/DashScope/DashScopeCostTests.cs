using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Conformance.Providers.DashScope;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Providers;
using ProductVideo.Providers.DashScope;
using ProductVideo.Spending;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.DashScope;

/// <summary>What Model Studio says it charged for is what is booked, where that is sure.</summary>
public sealed class DashScopeCostTests : IAsyncLifetime
{
    private readonly RemoteParts _parts = new();
    private readonly FakeDashScope _fake;

    public DashScopeCostTests() => _fake = new FakeDashScope { Clock = _parts.Clock, FinishesAtOnce = true };

    public async ValueTask InitializeAsync() => await _fake.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _fake.DisposeAsync();
        _parts.Dispose();
    }

    private DashScopeVideoProvider Provider() => new(
        DashScopeFamily.HappyHorse, new DashScopeOptions { ApiKey = FakeProvider.ApiKey, BaseAddress = _fake.Address }, _parts.Exchange, _parts.Carrier, _parts.Clock,
        NullLogger<DashScopeVideoProvider>.Instance);

    private async Task<VideoRequest> RequestAsync() => Some.Request("happyhorse-1.1-i2v") with
    {
        Prompt = "A slow push-in on the mug.", Resolution = "720P", Aspect = "4:5", Images = [await _parts.PictureAsync(ImageRole.FirstFrame)],
    };

    private async Task<Money?> CostAsync(ProviderOperation operation) =>
        (await Provider().CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Ready>().ReportedCost;

    /// <summary>A handle as a start writes it down, or one of before.</summary>
    private async Task<ProviderOperation> TaskAsync(string? model, string charged)
    {
        var operation = (await Provider().StartAsync(await RequestAsync(), Some.Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Accepted>().Operation;
        foreach (var (name, value) in JsonNode.Parse(charged)!.AsObject())
            _fake.Charged[name] = value?.DeepClone();
        return operation with { Handle = JsonSerializer.SerializeToElement(new DashScopeHandle(Some.Noon, Model: model)) };
    }

    private static Money? Dollars(string? amount) => amount is null ? null : new Money(decimal.Parse(amount, CultureInfo.InvariantCulture), "USD");

    [Fact]
    public async Task what_was_ordered_and_charged_is_booked_whether_its_answer_came_or_it_was_found()
    {
        var request = await RequestAsync();
        var operation = (await Provider().StartAsync(request, Some.Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Accepted>().Operation;
        (await CostAsync(operation)).ShouldBe(Dollars("0.70"));
        var found = (await Provider().FindAsync(request, Some.Intent, CancellationToken.None)).ShouldBeOfType<FindOutcome.Alike>().Tasks.ShouldHaveSingleItem();
        (await CostAsync(found.ToOperation())).ShouldBe(Dollars("0.70"));
        (await CostAsync(new ProviderOperation(operation.RemoteId))).ShouldBeNull("which model it is of is not known");
    }

    [Theory]
    [InlineData("""{"duration":4.5}""", "0.63")]
    [InlineData("""{"duration":"4.5","SR":"1080"}""", "0.81")]
    [InlineData("""{"SR":"1080p"}""", "0.90")]
    [InlineData("""{"SR":2160}""", null)]
    [InlineData("""{"SR":null}""", null)]
    [InlineData("""{"SR":"P"}""", null)]
    [InlineData("""{"duration":0}""", null)]
    [InlineData("""{"duration":-5}""", null)]
    [InlineData("""{"duration":5000}""", null)]
    [InlineData("""{"duration":"five"}""", null)]
    [InlineData("""{"duration":null}""", null)]
    public async Task what_was_charged_is_booked_where_it_can_be_read_and_has_a_price(string charged, string? dollars) =>
        (await CostAsync(await TaskAsync("happyhorse-1.1-i2v", charged))).ShouldBe(Dollars(dollars));

    [Theory]
    [InlineData("""{"duration":13.24,"input_video_duration":6.62,"output_video_duration":6.62}""", "1.8536")]
    [InlineData("""{"duration":6.62,"input_video_duration":6.62,"output_video_duration":6.62}""", null)]
    [InlineData("""{"duration":6.62,"input_video_duration":0,"output_video_duration":6.62}""", null)]
    [InlineData("""{"duration":13.24}""", null)]
    public async Task of_a_clip_that_was_changed_both_lengths_are_charged_and_must_be_told(string charged, string? dollars) =>
        (await CostAsync(await TaskAsync("happyhorse-1.0-video-edit", charged))).ShouldBe(Dollars(dollars));

    [Theory]
    [InlineData(null)]
    [InlineData("happyhorse-0.9-i2v")]
    public async Task a_task_of_no_known_model_costs_what_was_held(string? model) => (await CostAsync(await TaskAsync(model, "{}"))).ShouldBeNull();
}
