using ProductVideo.Catalog;
using ProductVideo.Choosing;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Planning;
using ProductVideo.Prompts;
using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>What a backfill must be. A condition that no product can meet, or that the shop tells nothing about, would make nothing in silence.</summary>
internal sealed class BackfillRules(Shops shops, ListRules lists, TemplateCatalog templates)
{
    /// <summary>Characters that a name has at most.</summary>
    public const int MostInName = 100;

    /// <exception cref="RefusedException">There is no such shop, or something is wrong with the plan; the first mistake names the field.</exception>
    public void Demand(string shop, string name, BackfillPlan plan)
    {
        var tells = shops.Get(shop).Capabilities.Tells;
        if (plan.Recipe.Providers.Count > 0)
            lists.Demand(new ProviderList { Choices = plan.Recipe.Providers }, "recipe.providers");
        if (Mistakes(name, plan, tells).ToList() is [var first, ..] all)
        {
            var text = string.Join(" ", all.Select(mistake => mistake.Text));
            throw new RefusedException(RefusalKind.Invalid, new Problem("invalid_backfill", text, text), first.Field);
        }
    }

    /// <summary>All that is wrong with a plan, by field; nothing where it may be made. Its providers are looked at by <see cref="Demand"/> alone.</summary>
    /// <exception cref="RefusedException">There is no such shop.</exception>
    public IReadOnlyList<(string Field, string Text)> MistakesOf(string shop, string name, BackfillPlan plan) =>
        [.. Mistakes(name, plan, shops.Get(shop).Capabilities.Tells)];

    private IEnumerable<(string Field, string Text)> Mistakes(string name, BackfillPlan plan, ListedFacts tells)
    {
        if (name.Trim().Length is 0 or > MostInName)
            yield return ("name", $"Give it a name of 1 to {MostInName} characters.");
        if (name.Contains('\0', StringComparison.Ordinal))
            yield return ("name", "The name holds U+0000, which is no character. Leave it out.");
        foreach (var mistake in OfScope(plan.Scope, tells).Concat(OfRecipe(plan.Recipe)).Concat(OfCaps(plan.Caps)).Concat(OfSchedule(plan)))
            yield return mistake;
    }

    private static IEnumerable<(string Field, string Text)> OfScope(BackfillScope scope, ListedFacts tells)
    {
        if (scope is { WithoutVideo: false, Changed: false, Restyled: false })
            yield return ("scope.withoutVideo", "Say which products: those without a video, those that changed, or those whose style changed.");
        if (scope.MinPrice < 0 || scope.MaxPrice < 0 || scope.MinPrice > scope.MaxPrice)
            yield return ("scope.minPrice", "The prices are no range. Give two numbers from 0, the lower one as the least.");
        if (scope.MinStock < 0)
            yield return ("scope.minStock", "The stock is a number from 0.");
        if (scope.BestSellers < 1)
            yield return ("scope.bestSellers", "The number of best sellers is at least 1.");
        if (scope.Collections.Count > 0 && !tells.HasFlag(ListedFacts.Collections))
            yield return ("scope.collections", "This shop does not tell which collections its products stand in. Use tags or types.");
        if (scope.MinStock is not null && !tells.HasFlag(ListedFacts.Stock))
            yield return ("scope.minStock", "This shop does not tell its stock. Leave the stock out.");
        if (scope.BestSellers is not null && !tells.HasFlag(ListedFacts.Sold))
            yield return ("scope.bestSellers", "This shop does not tell how often its products were sold. Leave the best sellers out, or name the products.");
        foreach (var (field, words) in new[] { ("collections", scope.Collections), ("tags", scope.Tags), ("productTypes", scope.ProductTypes), ("vendors", scope.Vendors) })
        {
            if (words.Count > 200 || words.Any(word => string.IsNullOrWhiteSpace(word) || word.Length > 255))
                yield return ($"scope.{field}", $"Of '{field}' give at most 200, none of them empty or longer than 255 characters.");
        }
    }

    private IEnumerable<(string Field, string Text)> OfRecipe(BackfillRecipe recipe)
    {
        if (recipe.Template is { } template && templates.All.All(known => known.Key != template))
            yield return ("recipe.template", $"There is no style '{template}'. Choose one of: {string.Join(", ", templates.All.Select(known => known.Key))}.");
        if (recipe.Aspects.FirstOrDefault(aspect => AspectRatio.Parse(aspect) is null) is { } unknown)
            yield return ("recipe.aspects", $"'{unknown}' is no ratio. Write {AspectRatio.Form}.");
        if (recipe.Aspects.Count > 5 || recipe.Aspects.Distinct(StringComparer.Ordinal).Count() < recipe.Aspects.Count)
            yield return ("recipe.aspects", "Give at most 5 ratios, each once.");
        if (recipe.Seconds is <= 0 or > 600)
            yield return ("recipe.seconds", "The length is more than 0 and at most 600 seconds.");
        if (recipe.Wish?.Length > ComposeOptions.MaxWishLength)
            yield return ("recipe.wish", $"The wish has at most {ComposeOptions.MaxWishLength} characters.");
    }

    private static IEnumerable<(string Field, string Text)> OfCaps(BackfillCaps caps)
    {
        if (caps.Money is { } money && (money.Amount is < 0 or > Micros.Largest || !Currencies.IsKnown(money.Currency)))
            yield return ("caps.money", $"'{money}' is no amount. Give a number from 0 and a currency of ISO 4217, for example 25 EUR.");
        if (caps.Videos < 1)
            yield return ("caps.videos", "The most videos are at least 1.");
        if (caps.VideosPerWeek < 1)
            yield return ("caps.videosPerWeek", "The most videos a week are at least 1.");
    }

    private static IEnumerable<(string Field, string Text)> OfSchedule(BackfillPlan plan)
    {
        var schedule = plan.Schedule;
        if (schedule.Cron is { } cron && BackfillTimes.CronMistake(cron) is { } mistake)
            yield return ("schedule.cron", $"'{cron}' is no time plan in the five fields of cron, for example “0 2 * * *” for every night at two: {mistake}");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(schedule.TimeZone, out var zone) || !zone.HasIanaId)
            yield return ("schedule.timeZone", $"'{schedule.TimeZone}' is no time zone. Give an IANA name, for example Europe/Berlin, or UTC.");
        if (schedule.Blackouts.Any(blackout => blackout.From == blackout.To))
            yield return ("schedule.blackouts", "Hours in which nothing is ordered begin and end at different times.");
        else if (CoversDay(schedule))
            yield return ("schedule.blackouts", "There is no hour of the day left in which something could be ordered.");
        if (schedule.Cron is not null && plan.Scope.OnlyNamed)
            yield return ("schedule.cron", "A list of named products runs once. Leave the schedule out, or choose products by what they are.");
    }

    private static bool CoversDay(BackfillSchedule schedule) =>
        Enumerable.Range(0, 24 * 60).All(minute => schedule.Blackouts.Any(blackout => blackout.Holds(TimeOnly.MinValue.AddMinutes(minute))));
}
