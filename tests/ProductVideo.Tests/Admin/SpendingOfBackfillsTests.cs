using Bunit;
using ProductVideo.Admin.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class SpendingOfBackfillsTests : BackfillPages
{
    [Fact]
    public async Task what_was_agreed_to_for_a_backfill_stands_under_its_name_and_leads_to_it()
    {
        var started = await StartedAsync();
        var title = Render<SpendingPage>().FindAll("[data-testid=cap] h3").ShouldHaveSingleItem();
        title.TextContent.Trim().ShouldBe("Backfill “Mugs”");
        title.QuerySelector("a")!.GetAttribute("href").ShouldBe($"/backfills/{started.Id}");
    }

    [Fact]
    public async Task a_backfill_that_costs_nothing_has_no_cap()
    {
        Pipeline.Provider.PerSecond = 0;
        await StartedAsync();
        Render<SpendingPage>().FindAll("[data-testid=cap]").ShouldBeEmpty();
    }

    [Fact]
    public async Task the_ledger_names_shop_and_provider_as_people_do()
    {
        await Pipeline.OrderAsync();
        var row = Render<SpendingPage>().Find("[data-testid=ledger-row]").TextContent;
        row.ShouldContain("Test shop · mug");
        row.ShouldContain("Scripted · ");
    }
}
