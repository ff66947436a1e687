using System.CommandLine;
using System.Globalization;
using ProductVideo.Backfills;
using ProductVideo.Generations;
using ProductVideo.Host.Commands.Backfills;
using ProductVideo.Spending;
using Shouldly;
using Xunit;
using Command = System.CommandLine.Command;

namespace ProductVideo.Tests.CommandLine;

public sealed class PlanOptionsTests
{
    private static BackfillPlan Read(params string[] words)
    {
        var command = new Command("plan");
        PlanOptions.AddTo(command);
        var parsed = command.Parse(words);
        parsed.Errors.ShouldBeEmpty();
        return PlanOptions.Read(parsed);
    }

    [Fact]
    public void nothing_said_is_every_product_without_a_video()
    {
        var plan = Read();
        (plan.Scope.WithoutVideo, plan.Scope.Changed, plan.AutoApprove, plan.Schedule.Cron, plan.Schedule.TimeZone, plan.Priority).ShouldBe((true, false, false, null, "UTC", BackfillPriority.Normal));
        plan.Scope.Tags.ShouldBeEmpty();
        plan.Recipe.Providers.ShouldBeEmpty();
        plan.Caps.ShouldBe(new BackfillCaps());
    }

    [Fact]
    public void every_word_comes_into_the_plan()
    {
        var plan = Read(
            "--collection", "Kitchen", "--collection", "Sale", "--tag", "new", "--type", "Mug", "--vendor", "Varnmoor", "--min-price", "10.50", "--max-price", "20", "--min-stock", "3",
            "--best-sellers", "100", "--changed-since", "2026-11-01", "--changed", "--restyled", "--no-first", "--try-again", "--template", "turntable", "--provider", "fal:fal-ai/kling:v2",
            "--provider", "local", "--aspect", "1:1", "--aspect", "9:16", "--seconds", "5", "--wish", "a darker floor", "--max-money", "25 EUR", "--max-videos", "10", "--per-week", "7",
            "--approve-automatically", "--cron", "0 2 * * *", "--time-zone", "Europe/Berlin", "--not-between", "08:00-20:00", "--not-between", "23:00-00:30", "--priority", "low");
        plan.Scope.Collections.ShouldBe(["Kitchen", "Sale"]);
        (plan.Scope.Tags[0], plan.Scope.ProductTypes[0], plan.Scope.Vendors[0]).ShouldBe(("new", "Mug", "Varnmoor"));
        (plan.Scope.MinPrice, plan.Scope.MaxPrice, plan.Scope.MinStock, plan.Scope.BestSellers).ShouldBe((10.50m, 20m, 3, 100));
        plan.Scope.ChangedSince.ShouldBe(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
        (plan.Scope.WithoutVideo, plan.Scope.Changed, plan.Scope.Restyled, plan.Scope.TryAgain).ShouldBe((false, true, true, true));
        plan.Recipe.Providers.Select(choice => (choice.Provider, choice.Model)).ShouldBe([("fal", "fal-ai/kling:v2"), ("local", null)]);
        plan.Recipe.Aspects.ShouldBe(["1:1", "9:16"]);
        (plan.Recipe.Template, plan.Recipe.Seconds, plan.Recipe.Wish).ShouldBe(("turntable", 5m, "a darker floor"));
        (plan.Caps.Money, plan.Caps.Videos, plan.Caps.VideosPerWeek).ShouldBe((new Money(25, "EUR"), 10, 7));
        (plan.AutoApprove, plan.Schedule.Cron, plan.Schedule.TimeZone, plan.Priority).ShouldBe((true, "0 2 * * *", "Europe/Berlin", BackfillPriority.Low));
        plan.Schedule.Blackouts.ShouldBe([new Blackout(new TimeOnly(8, 0), new TimeOnly(20, 0)), new Blackout(new TimeOnly(23, 0), new TimeOnly(0, 30))]);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("th-TH")]
    public void numbers_and_days_are_read_alike_in_every_language(string language)
    {
        CultureInfo.CurrentCulture = new CultureInfo(language);
        var plan = Read("--min-price", "10.50", "--max-price", "49.90", "--seconds", "2.5", "--changed-since", "2026-11-01", "--max-money", "24.30 EUR");
        (plan.Scope.MinPrice, plan.Scope.MaxPrice, plan.Recipe.Seconds, plan.Caps.Money).ShouldBe((10.50m, 49.90m, 2.5m, new Money(24.30m, "EUR")));
        plan.Scope.ChangedSince.ShouldBe(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("--max-price", "49,90", "49.90")]
    [InlineData("--max-price", "1,000", "49.90")]
    [InlineData("--seconds", "five", "49.90")]
    [InlineData("--changed-since", "01/11/2026", "2026-11-01")]
    public void a_number_or_a_day_that_reads_otherwise_elsewhere_is_refused(string option, string word, string right)
    {
        var command = new Command("plan");
        PlanOptions.AddTo(command);
        command.Parse([option, word]).Errors.ShouldHaveSingleItem().Message.ShouldSatisfyAllConditions(
            error => error.ShouldStartWith($"'{word}' given to {option} "), error => error.ShouldContain(right));
    }

    [Theory]
    [InlineData("107.00 USD", 10_700, "USD")]
    [InlineData(" 0.5eur ", 50, "EUR")]
    [InlineData("25 EUR", 2_500, "EUR")]
    public void money_is_a_number_and_a_currency(string text, int cents, string currency) =>
        PlanOptions.MoneyOf(text, "--yes-pay").ShouldBe(new Money(cents / 100m, currency));

    [Theory]
    [InlineData(1)]
    [InlineData(1_800_000)]
    [InlineData(123_456_789)]
    [InlineData(1_000_000_000_000_000)]
    public void a_price_that_is_printed_can_be_agreed_to_as_it_stands(long micros)
    {
        var price = Micros.ToMoney(micros, "USD");
        PlanOptions.MoneyOf($"{price}", "--yes-pay").ShouldBe(price);
    }

    [Theory]
    [InlineData("")]
    [InlineData("25")]
    [InlineData("EUR 25")]
    [InlineData("-1 EUR")]
    [InlineData("1,000 EUR")]
    [InlineData("25 XYZ")]
    [InlineData("999999999999 EUR")]
    public void what_is_no_money_is_refused(string text) =>
        Should.Throw<RefusedException>(() => PlanOptions.MoneyOf(text, "--yes-pay")).Problem.MerchantText.ShouldContain("--yes-pay \"25 EUR\"");

    [Theory]
    [InlineData("--not-between", "noon", "08:00-20:00")]
    [InlineData("--not-between", "8-20", "08:00-20:00")]
    [InlineData("--max-money", "much", "no amount of money")]
    [InlineData("--best-sellers", "0", "from 1")]
    public void a_word_that_can_t_be_read_is_a_sentence(string option, string word, string sentence) =>
        Should.Throw<RefusedException>(() => Read(option, word)).Problem.MerchantText.ShouldContain(sentence);
}
