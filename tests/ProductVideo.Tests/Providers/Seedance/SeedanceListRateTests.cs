using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Seedance;
using ProductVideo.Providers;
using ProductVideo.Providers.Seedance;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.Seedance;

/// <summary>Ark takes one question for its list a second: whoever looks for lost orders is not refused for having asked just before.</summary>
public sealed class SeedanceListRateTests : IAsyncLifetime
{
    private const string Newest = "dreamina-seedance-2-5-260628";

    private readonly RemoteParts _parts = new();
    private readonly PassingClock _clock = new();
    private readonly FakeArk _fake;
    private SeedanceVideoProvider _provider = null!;
    private VideoRequest _request = null!;

    public SeedanceListRateTests() => _fake = new FakeArk { Clock = _clock, ListsApart = TimeSpan.FromSeconds(1), EchoesIdentifier = true };

    private static SubmitIntent Intent(char nonce) => new(new string(nonce, 26), Some.Noon);

    public async ValueTask InitializeAsync()
    {
        await _fake.StartAsync();
        _provider = new SeedanceVideoProvider(
            new SeedanceOptions { ApiKey = FakeProvider.ApiKey, BaseAddress = new Uri(_fake.Address, "/api/v3"), EchoesIdentifier = true },
            _parts.Exchange, _parts.Carrier, _clock, NullLogger<SeedanceVideoProvider>.Instance);
        _request = Some.Request(Newest) with
        {
            Prompt = "A slow push-in on the lamp.", Resolution = "720p", Aspect = "1:1", Images = [await _parts.PictureAsync(ImageRole.FirstFrame)],
        };
        foreach (var nonce in "abc")
            (await _provider.StartAsync(_request, Intent(nonce), CancellationToken.None)).ShouldBeOfType<StartOutcome.Accepted>();
    }

    public async ValueTask DisposeAsync()
    {
        await _fake.DisposeAsync();
        _parts.Dispose();
    }

    [Fact]
    public async Task what_is_looked_for_right_after_the_list_was_read_is_found()
    {
        (await _provider.ListAsync(Newest, Some.Noon.AddMinutes(-1), Some.Noon.AddMinutes(1), CancellationToken.None)).ShouldBeOfType<ListOutcome.Listed>();
        (await _provider.FindAsync(_request, Intent('b'), CancellationToken.None)).ShouldBe(new FindOutcome.Found(new ProviderOperation(_fake.Tasks[1].Id)));
        (await _provider.ProbeAsync(CancellationToken.None)).ShouldBeNull();
        _fake.HastyLists.ShouldBe(0);
    }

    [Fact]
    public async Task lost_orders_that_are_looked_for_side_by_side_page_by_page_wait_for_each_other()
    {
        _fake.MostPerPage = 2;
        var probing = _provider.ProbeAsync(CancellationToken.None);
        var found = await Task.WhenAll("abc".Select(nonce => _provider.FindAsync(_request, Intent(nonce), CancellationToken.None)));
        found.ShouldBe(_fake.Tasks.Select(task => new FindOutcome.Found(new ProviderOperation(task.Id))));
        (await probing).ShouldBeNull();
        _fake.HastyLists.ShouldBe(0);
    }

    [Fact]
    public async Task a_question_that_is_given_up_while_it_waits_keeps_nobody_back()
    {
        var clock = new FakeTimeProvider(Some.Noon);
        var turns = new SeedanceListTurns(clock);
        using var giveUp = new CancellationTokenSource();
        await AskAsync(CancellationToken.None);
        var (given, next) = (AskAsync(giveUp.Token), AskAsync(CancellationToken.None));
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(given);
        next.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(1.1));
        (await next).ShouldBe(Some.Noon.AddSeconds(1.1));

        Task<DateTimeOffset> AskAsync(CancellationToken cancellationToken) => turns.AskAsync(() => Task.FromResult(clock.GetUtcNow()), cancellationToken);
    }
}
