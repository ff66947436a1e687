using Microsoft.Extensions.Time.Testing;
using ProductVideo.Accounts;
using ProductVideo.Generations;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Accounts;

public sealed class RetirementsTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 23, 0, 0, TimeSpan.Zero));
    private readonly ScriptedProvider _provider = new() { Models = ["old", "new"] };
    private readonly Retirements _retirements;

    public RetirementsTests()
    {
        var options = new AccountsOptions { Accounts = { ["scripted"] = new AccountOptions { Retires = { ["old"] = new DateOnly(2026, 12, 24) } } } };
        _retirements = new Retirements(options, _clock);
    }

    [Fact]
    public void a_model_is_warned_of_a_month_before_and_refused_from_its_day_on()
    {
        _retirements.NoticeOf(_provider, "old").ShouldBeNull();
        _clock.Advance(TimeSpan.FromDays(2));
        _retirements.NoticeOf(_provider, "old").ShouldBe("Scripted switches off old on 2026-12-24. Choose another model before then.");
        _retirements.Demand(_provider, "old");

        _clock.Advance(TimeSpan.FromDays(30));
        var refused = Should.Throw<RefusedException>(() => _retirements.Demand(_provider, "old"));
        (refused.Problem.Code, refused.Field).ShouldBe(("model_retired", "model"));
    }

    [Fact]
    public void who_names_no_model_gets_the_first_that_is_still_there()
    {
        _retirements.FirstOf(_provider).ShouldBe("old");
        _clock.Advance(TimeSpan.FromDays(40));
        _retirements.FirstOf(_provider).ShouldBe("new");
        _retirements.Demand(_provider, "new");
        _retirements.NoticeOf(_provider, "new").ShouldBeNull();
    }

    [Fact]
    public void who_offers_no_model_at_the_moment_is_refused_with_a_way_out()
    {
        _provider.Models = [];
        var refused = Should.Throw<RefusedException>(() => _retirements.FirstOf(_provider));
        (refused.Problem.Code, refused.Field).ShouldBe(("no_model_offered", "provider"));
        refused.Problem.MerchantText.ShouldBe("Scripted offers no model at the moment. Try again later, or choose another provider.");
    }
}
