using Microsoft.Extensions.Options;
using ProductVideo.Accounts;
using ProductVideo.Http;
using ProductVideo.Pipeline;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Accounts;

public sealed class SettingsValidationTests
{
    private readonly PipelineOptions _pipeline = new();
    private readonly SubmitOptions _submit = new();
    private readonly AccountsOptions _accounts = new();

    private string[] Mistakes() =>
        [.. new SettingsValidation(Options.Create(_pipeline), Options.Create(_submit), [new CountingProvider()]).Validate(null, _accounts).Failures ?? []];

    [Fact]
    public void the_defaults_and_good_limits_are_fine()
    {
        _accounts.Accounts["counting"] = new AccountOptions { MaxInFlight = 5, StartsPerSecond = 0.1, Exclusive = true };
        Mistakes().ShouldBeEmpty();
    }

    [Fact]
    public void a_lease_shorter_than_a_submit_is_refused()
    {
        _pipeline.Lease = TimeSpan.FromSeconds(35);
        Mistakes().Single().ShouldContain("another worker would take a video while its paid request is still under way");
        _submit.Timeout = TimeSpan.FromSeconds(25);
        Mistakes().ShouldBeEmpty();
    }

    [Fact]
    public void every_mistake_is_named_at_once()
    {
        _pipeline.Lease = TimeSpan.FromSeconds(11);
        _accounts.Accounts["counting"] = new AccountOptions { MaxInFlight = -1, StartsPerSecond = double.NaN, BreakerFailures = 0 };
        _accounts.Accounts["hapyhorse"] = new AccountOptions();

        var mistakes = Mistakes();
        mistakes.Length.ShouldBe(5);
        mistakes.ShouldContain("ProductVideo:Accounts:hapyhorse: there is no provider 'hapyhorse'. The providers are: counting.");
        mistakes.ShouldAllBe(mistake => mistake.StartsWith("ProductVideo:"));
    }

    [Fact]
    public void a_lease_in_seconds_that_is_read_as_days_is_refused()
    {
        new PipelineOptions().Mistakes().ShouldBeEmpty();
        new PipelineOptions { Lease = TimeSpan.FromDays(90) }.Mistakes().ShouldBe(
        [
            "ProductVideo:Pipeline:Lease is 90.00:00:00; write a time from 00:00:10 to 00:15:00. 00:01:30 is a minute and a half; a number alone counts days.",
        ]);
    }

    [Fact]
    public void every_time_and_number_of_the_pipeline_has_bounds()
    {
        static PipelineOptions All(TimeSpan time, int number) => new()
        {
            Lease = time, MaxRendering = time, Settle = time, LongestFirstLook = time, SweepEvery = time,
            SweepParallel = number, DownloadParallel = number, SweepBatch = number, CallsAtOnce = number, MaxClipBytes = number,
        };
        All(TimeSpan.FromSeconds(-1), 0).Mistakes().Count().ShouldBe(10);
        All(TimeSpan.FromDays(1), int.MaxValue).Mistakes().Count().ShouldBe(10);
    }

    [Fact]
    public void every_time_and_number_of_a_submit_has_bounds()
    {
        new SubmitOptions().Mistakes().ShouldBeEmpty();
        new SubmitOptions { Timeout = TimeSpan.FromDays(30), ConnectTimeout = TimeSpan.Zero, MaxAnswerBytes = 999 }.Mistakes().Count().ShouldBe(3);
        new SubmitOptions { ConnectTimeout = TimeSpan.FromMinutes(1) }.Mistakes().ShouldHaveSingleItem().ShouldContain("to 00:00:30.");
    }

    [Fact]
    public void a_model_that_is_to_retire_must_be_there_unless_the_models_are_not_read_yet()
    {
        _accounts.Accounts["scripted"] = new AccountOptions { Retires = { ["model-9"] = new DateOnly(2026, 12, 24) } };
        var provider = new ScriptedProvider();
        string[] Named() => [.. new SettingsValidation(Options.Create(_pipeline), Options.Create(_submit), [provider]).Validate(null, _accounts).Failures ?? []];
        Named().ShouldHaveSingleItem().ShouldContain("model-9");
        provider.Models = [];
        Named().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0d)]
    [InlineData(-1d)]
    [InlineData(1e9)]
    public void a_rate_that_cannot_be_meant_is_refused(double rate)
    {
        _accounts.Accounts["counting"] = new AccountOptions { StartsPerSecond = rate };
        Mistakes().Single().ShouldContain("StartsPerSecond");
    }
}
