using System.Text.Json;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Security;
using Shouldly;
using Xunit;
using static ProductVideo.Tests.Api.BackfillCalls;

namespace ProductVideo.Tests.Api;

public sealed class ApprovalEndpointsTests : IAsyncLifetime
{
    private const string Path = "/api/v1/generations/approve";

    private readonly ApiFixture _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task each_of_many_has_its_own_outcome_and_what_is_refused_keeps_the_others_from_nothing()
    {
        var (first, rejected, last, unknown) = (await WaitingAsync("a"), await AddAsync("b", new GenerationState.Rejected(Generations.Some.Clip, "tester", Reason: null)), await WaitingAsync("c"), Guid.NewGuid());
        var client = await _api.CallerAsync();

        var items = (await PostAsync(client, Path, new { ids = new[] { first, rejected, unknown, last, first } })).GetProperty("items").EnumerateArray().ToList();

        items.ConvertAll(item => (item.GetProperty("id").GetGuid(), item.GetProperty("status").GetInt32(), CodeOf(item)))
            .ShouldBe([(first, 200, null), (rejected, 409, "not_in_this_state"), (unknown, 404, "unknown_generation"), (last, 200, null)]);
        items[0].GetProperty("video").Text("state").ShouldBe(nameof(GenerationState.Publishing));
        (await StateAsync(last)).ShouldBeOfType<GenerationState.Publishing>();
        (await StateAsync(rejected)).ShouldBeOfType<GenerationState.Rejected>();
    }

    [Fact]
    public async Task a_key_goes_on_where_it_was_broken_off_and_puts_nothing_back_that_was_taken_off()
    {
        var (one, other) = (await WaitingAsync("a"), await WaitingAsync("b"));
        var client = await _api.CallerAsync();
        var body = new { ids = new[] { one, other } };
        await PostAsync(client, Path, body, key: "k-1");
        var generations = _api.Get<ProductVideo.Pipeline.VideoGenerations>();
        await ForceAsync(other, new GenerationState.Withdrawn(Generations.Some.Clip, "merchant", _api.Get<TimeProvider>().GetUtcNow()));

        var items = (await PostAsync(client, Path, body, key: "k-1")).GetProperty("items").EnumerateArray().ToList();

        items.ConvertAll(item => item.GetProperty("status").GetInt32()).ShouldBe([200, 200]);
        items[1].GetProperty("video").Text("state").ShouldBe(nameof(GenerationState.Withdrawn));
        (await PostAsync(client, Path, new { ids = new[] { one } }, 422, "k-1")).Text("code").ShouldBe("idempotency_key_reused");
        (await PostAsync(client, Path, new { ids = new[] { one } }, key: "k-2")).GetProperty("items")[0].GetProperty("status").GetInt32().ShouldBe(409);
        (await generations.GetAsync(other, CancellationToken.None)).State.ShouldBeOfType<GenerationState.Withdrawn>();
    }

    [Fact]
    public async Task a_key_of_one_shop_approves_there_only_and_takes_the_right_to_review()
    {
        var elsewhere = await WaitingAsync("a");
        var item = (await PostAsync(await _api.CallerAsync("test"), Path, new { ids = new[] { elsewhere } })).GetProperty("items")[0];
        (item.GetProperty("status").GetInt32(), CodeOf(item)).ShouldBe((404, "unknown_generation"));
        (await StateAsync(elsewhere)).ShouldBeOfType<GenerationState.AwaitingReview>();

        await PostAsync(await _api.CallerAsync(null, Scopes.Create), Path, new { ids = new[] { elsewhere } }, 403);
        var client = await _api.CallerAsync();
        (await PostAsync(client, Path, new { ids = Array.Empty<Guid>() }, 400)).Text("field").ShouldBe("ids");
        (await PostAsync(client, Path, new { ids = Enumerable.Range(0, 201).Select(_ => Guid.NewGuid()) }, 400)).Text("field").ShouldBe("ids");
        await PostAsync(client, Path, new { ids = new[] { "17" } }, 400);
    }

    private static string? CodeOf(JsonElement item) => item.TryGetProperty("problem", out var problem) && problem.ValueKind is JsonValueKind.Object ? problem.Text("code") : null;

    /// <summary>Of a shop that is not <c>test</c>.</summary>
    private Task<Guid> WaitingAsync(string product) => AddAsync(product, new GenerationState.AwaitingReview(Generations.Some.Clip));

    private async Task<Guid> AddAsync(string product, GenerationState state)
    {
        var some = Generations.Some.Generation(state);
        var video = some with { Id = Guid.NewGuid(), Product = new("elsewhere", product), Order = some.Order with { Fingerprint = Guid.NewGuid().ToString("n") } };
        await _api.Get<GenerationStore>().AddAsync(video, idempotency: null, CancellationToken.None);
        return video.Id;
    }

    /// <summary>As if all that leads there had happened.</summary>
    private async Task ForceAsync(Guid id, GenerationState state)
    {
        var video = await _api.Get<ProductVideo.Pipeline.VideoGenerations>().GetAsync(id, CancellationToken.None);
        (await _api.Get<GenerationStore>().OverruleAsync(video, new Next(state, DueAt: null), CancellationToken.None)).ShouldBeTrue();
    }

    private async Task<GenerationState> StateAsync(Guid id) => (await _api.Get<ProductVideo.Pipeline.VideoGenerations>().GetAsync(id, CancellationToken.None)).State;
}
