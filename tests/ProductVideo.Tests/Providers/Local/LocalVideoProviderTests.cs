using Microsoft.EntityFrameworkCore;
using ProductVideo.Conformance.Providers;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Providers.Local;
using ProductVideo.Rendering;
using ProductVideo.Tests.Generations;
using ProductVideo.Tests.Pipeline;
using ProductVideo.Tests.Prompts;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.Local;

public sealed class LocalVideoProviderTests : VideoProviderConformance, IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private readonly PipelineFixture _pipeline = new();

    private IRenderOrders Orders => _pipeline.Get<IRenderOrders>();

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    protected override Task<IVideoProvider> StartAsync() =>
        Task.FromResult<IVideoProvider>(new LocalVideoProvider(Orders, _pipeline.Get<LocalOptions>()));

    protected override VideoRequest Request(string model) => Some.Request(model);

    protected override async Task FinishAsync(ProviderOperation operation)
    {
        var order = (await Orders.ClaimNextAsync("worker", Lease, CancellationToken.None))!;
        order.Id.ShouldBe(operation.RemoteId);
        (await Orders.FinishAsync(order.Id, "worker", "test/clips/a.mp4", CancellationToken.None)).ShouldBeTrue();
    }

    protected override async Task<int> TasksAsync()
    {
        await using var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        return await db.RenderOrders.CountAsync();
    }

    [Fact]
    public async Task a_swatch_is_left_out_unless_there_is_nothing_larger()
    {
        var provider = await StartAsync();
        var capabilities = provider.Capabilities(provider.Models[0]);
        var swatch = Products.Image(9, 50, 50);
        Products.Compose(Products.Mug with { Images = [Products.Mug.Images[0], swatch] }, capabilities).ImageIndexes.ShouldNotContain(1);
        var alone = Products.Compose(Products.Mug with { Images = [swatch] }, capabilities);
        alone.ImageIndexes.ShouldContain(0);
        alone.Notes.ShouldContain(note => note.Contains("the clip may look soft", StringComparison.Ordinal));
    }

    [Fact]
    public async Task an_order_whose_renderer_died_is_taken_by_the_next_once_its_lease_is_over()
    {
        await Orders.AddAsync("order", Some.Request(), CancellationToken.None);
        (await Orders.ClaimNextAsync("dead", Lease, CancellationToken.None)).ShouldNotBeNull();
        (await Orders.ClaimNextAsync("next", Lease, CancellationToken.None)).ShouldBeNull();

        _pipeline.Clock.Advance(TimeSpan.FromSeconds(16));
        (await Orders.ClaimNextAsync("next", Lease, CancellationToken.None))!.Starts.ShouldBe(2);
        (await Orders.ReportAsync("order", "dead", 0.9, Lease, CancellationToken.None)).ShouldBeFalse();
        (await Orders.FinishAsync("order", "dead", "late", CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task an_order_given_back_may_be_begun_at_once_and_counts_no_start()
    {
        await Orders.AddAsync("order", Some.Request(), CancellationToken.None);
        await Orders.ClaimNextAsync("stopping", Lease, CancellationToken.None);
        await Orders.GiveBackAsync("order", "stopping", CancellationToken.None);
        (await Orders.ClaimNextAsync("next", Lease, CancellationToken.None))!.Starts.ShouldBe(1);
    }

    [Fact]
    public async Task the_oldest_order_is_rendered_first()
    {
        await Orders.AddAsync("first", Some.Request(), CancellationToken.None);
        _pipeline.Clock.Advance(TimeSpan.FromSeconds(1));
        await Orders.AddAsync("a-second", Some.Request(), CancellationToken.None);
        (await Orders.ClaimNextAsync("worker", Lease, CancellationToken.None))!.Id.ShouldBe("first");
    }

    [Fact]
    public async Task what_somebody_waits_for_is_rendered_before_a_backfill_that_was_there_first()
    {
        await Orders.AddAsync("backfill", Some.Request() with { InBackground = true }, CancellationToken.None);
        _pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
        await Orders.AddAsync("click", Some.Request(), CancellationToken.None);

        (await Orders.ClaimNextAsync("one", Lease, CancellationToken.None))!.Id.ShouldBe("click");
        (await Orders.ClaimNextAsync("two", Lease, CancellationToken.None))!.Id.ShouldBe("backfill");
    }

    [Fact]
    public async Task the_express_place_takes_what_somebody_waits_for_and_nothing_else()
    {
        await Orders.AddAsync("backfill", Some.Request() with { InBackground = true }, CancellationToken.None);
        (await Orders.ClaimNextAsync("express", Lease, CancellationToken.None, express: true)).ShouldBeNull();
        await Orders.AddAsync("click", Some.Request(), CancellationToken.None);
        (await Orders.ClaimNextAsync("express", Lease, CancellationToken.None, express: true))!.Id.ShouldBe("click");
    }

    [Theory]
    [InlineData("render_failed", ProviderFaultCode.TaskFailed)]
    [InlineData("render_gave_up", ProviderFaultCode.TaskFailed)]
    [InlineData("image_unreadable", ProviderFaultCode.InvalidInput)]
    [InlineData("disk_full", ProviderFaultCode.OwnServer)]
    [InlineData("storage_unavailable", ProviderFaultCode.OwnServer)]
    public async Task a_failed_render_tells_the_merchant_why(string code, ProviderFaultCode expected)
    {
        var provider = await StartAsync();
        await Orders.AddAsync("order", Some.Request(), CancellationToken.None);
        await Orders.ClaimNextAsync("worker", Lease, CancellationToken.None);
        await Orders.FailAsync("order", "worker", new Problem(code, "for the merchant", "for the operator"), CancellationToken.None);

        var refused = (await provider.CheckAsync(new ProviderOperation("order"), CancellationToken.None)).ShouldBeOfType<CheckOutcome.Refused>();
        refused.Fault.Code.ShouldBe(expected);
        refused.Fault.MayPass.ShouldBeFalse();
        Problem.From(refused.Fault).ShouldBe(new Problem(code, "for the merchant", "for the operator"));
    }

    [Fact]
    public async Task an_order_that_was_put_off_tells_why_and_is_begun_by_nobody_before_its_time()
    {
        var provider = await StartAsync();
        await Orders.AddAsync("order", Some.Request(), CancellationToken.None);
        await Orders.ClaimNextAsync("worker", Lease, CancellationToken.None);
        var setback = new RenderSetback(new Problem("disk_full", "for the merchant", "for the operator"), _pipeline.Clock.GetUtcNow(), 1);
        (await Orders.PutOffAsync("order", "other", setback, Lease, counts: false, CancellationToken.None)).ShouldBeFalse();
        (await Orders.PutOffAsync("order", "worker", setback, Lease, counts: false, CancellationToken.None)).ShouldBeTrue();

        var pending = (await provider.CheckAsync(new ProviderOperation("order"), CancellationToken.None)).ShouldBeOfType<CheckOutcome.Pending>();
        Problem.From(pending.Fault.ShouldNotBeNull()).ShouldBe(setback.Problem);
        (await Orders.ClaimNextAsync("next", Lease, CancellationToken.None)).ShouldBeNull();
        _pipeline.Clock.Advance(Lease);
        var again = (await Orders.ClaimNextAsync("next", Lease, CancellationToken.None)).ShouldNotBeNull();
        (again.Starts, again.Setback).ShouldBe((1, setback));

        await Orders.GiveBackAsync("order", "next", CancellationToken.None);
        (await Orders.ClaimNextAsync("third", Lease, CancellationToken.None)).ShouldNotBeNull("it waits for nothing any more");
        await Orders.FinishAsync("order", "third", "test/clips/a.mp4", CancellationToken.None);
        (await Orders.FindAsync("order", CancellationToken.None))!.Setback.ShouldBeNull();
    }

    [Fact]
    public async Task a_stopped_order_is_not_rendered()
    {
        await Orders.AddAsync("order", Some.Request(), CancellationToken.None);
        (await Orders.StopAsync("order", CancellationToken.None)).ShouldBeTrue();
        (await Orders.ClaimNextAsync("worker", Lease, CancellationToken.None)).ShouldBeNull();
        (await Orders.StopAsync("order", CancellationToken.None)).ShouldBeFalse();
    }
}
