using ProductVideo.Admin.Choosing;
using ProductVideo.Admin.Layout;
using ProductVideo.Backfills;
using ProductVideo.Choosing;
using ProductVideo.Prompts;
using ProductVideo.Spending;

namespace ProductVideo.Admin.Backfills;

/// <summary>A backfill while it is written.</summary>
public sealed class BackfillForm
{
    /// <summary>The backfill's own: however often it is sent, one is made.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>As the merchant wrote it; null while the suggested one stands.</summary>
    public string? OwnName { get; set; }

    public string Name => OwnName ?? SuggestedName;

    /// <summary>Whether it is for named products.</summary>
    public bool ByList { get; set; }

    /// <summary>Ids from a file, or of an earlier backfill.</summary>
    public IReadOnlyList<string> Listed { get; private set; } = [];

    /// <summary>Where those came from.</summary>
    public string? ListedFrom { get; private set; }

    /// <summary>Whether they are those of an earlier backfill, and so of its shop.</summary>
    private bool ListedOfShop { get; set; }

    /// <summary>What an earlier backfill by list asks of its products beside; no field shows it.</summary>
    private BackfillScope? OfList { get; set; }

    /// <summary>The moment that <see cref="ChangedSince"/> was taken from: a program may have said one within a day.</summary>
    private (DateOnly Day, DateTimeOffset At)? Since { get; set; }

    /// <summary>Ids as they were pasted.</summary>
    public string Pasted { get; set; } = "";

    public bool WithoutVideo { get; set; } = true;

    public bool Changed { get; set; }

    public bool Restyled { get; set; }

    public bool TryAgain { get; set; }

    public List<string> Collections { get; } = [];

    public List<string> Tags { get; } = [];

    public List<string> ProductTypes { get; } = [];

    public List<string> Vendors { get; } = [];

    public TypedNumber MinPrice { get; } = new(NumberKind.Money);

    public TypedNumber MaxPrice { get; } = new(NumberKind.Money);

    public TypedNumber MinStock { get; } = new(NumberKind.Count);

    public TypedNumber BestSellers { get; } = new(NumberKind.Count);

    public DateOnly? ChangedSince { get; set; }

    /// <summary>Key of a style; empty for the one that suits each product.</summary>
    public string Template { get; set; } = "";

    /// <summary>Best first; empty for the shop's list.</summary>
    public List<ProviderChoice> Providers { get; } = [];

    /// <summary>Empty for the one that suits each product.</summary>
    public HashSet<string> Aspects { get; } = new(StringComparer.Ordinal);

    /// <summary>Ratios of an earlier backfill that a form does not offer by itself.</summary>
    public IReadOnlyList<string> OtherAspects { get; private set; } = [];

    public TypedNumber Seconds { get; } = new(NumberKind.Measure);

    public string Wish { get; set; } = "";

    public TypedNumber MostMoney { get; } = new(NumberKind.Money);

    public string Currency { get; set; } = "USD";

    public TypedNumber MostVideos { get; } = new(NumberKind.Count);

    public TypedNumber VideosPerWeek { get; } = new(NumberKind.Count);

    public bool AutoApprove { get; set; }

    public WhenForm When { get; } = new();

    public BackfillPriority Priority { get; set; } = BackfillPriority.Normal;

    /// <summary>Never longer than a name may be, whatever collections and files are called.</summary>
    private string SuggestedName => ByList
        ? PlainText.CutAtWord(ListedFrom is null ? "A list of products" : $"Products from {ListedFrom}", BackfillRules.MostInName)
        : $"{PlainText.CutAtWord(Subject, BackfillRules.MostInName - Condition.Length - 1)} {Condition}";

    private string Subject
    {
        get
        {
            var words = Collections.Concat(Tags).Concat(ProductTypes).Concat(Vendors).ToList();
            return words.Count switch
            {
                0 when BestSellers.Count is { } best => $"{BackfillWords.Number(best)} best sellers",
                0 => "All products",
                <= 2 => string.Join(" and ", words),
                _ => $"{words[0]} and more",
            };
        }
    }

    private string Condition => (WithoutVideo, Changed || Restyled) switch
    {
        (true, false) => "without a video",
        (false, true) => "with an old video",
        (true, true) => "without a new video",
        _ => "",
    };

    /// <summary>Names products in the place of those that were listed before.</summary>
    /// <param name="ids">Which; none for no list.</param>
    /// <param name="from">Where they came from.</param>
    /// <param name="ofShop">Whether they are an earlier backfill's.</param>
    public void List(IReadOnlyList<string> ids, string? from, bool ofShop = false) => (Listed, ListedFrom, ListedOfShop) = (ids, from, ofShop);

    /// <summary>Takes all that was wanted of an earlier backfill, but its list.</summary>
    public void Take(Backfill earlier)
    {
        var scope = earlier.Plan.Scope;
        (OwnName, ByList, OfList) = (earlier.Name, scope.OnlyNamed, scope.OnlyNamed ? scope : null);
        (WithoutVideo, Changed, Restyled, TryAgain) = (scope.WithoutVideo, scope.Changed, scope.Restyled, scope.TryAgain);
        TakeRecipe(earlier.Plan);
        When.Take(earlier.Plan.Schedule);
        if (ByList)
            return;
        foreach (var (words, taken) in new[] { (Collections, scope.Collections), (Tags, scope.Tags), (ProductTypes, scope.ProductTypes), (Vendors, scope.Vendors) })
            words.AddRange(taken);
        (MinPrice.Value, MaxPrice.Value, MinStock.Count, BestSellers.Count) = (scope.MinPrice, scope.MaxPrice, scope.MinStock, scope.BestSellers);
        if (scope.ChangedSince is { } since)
        {
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(since, Zone).DateTime);
            (ChangedSince, Since) = (day, (day, since));
        }
    }

    /// <summary>Takes how an earlier backfill makes its videos and what they may cost, not of which products or when.</summary>
    public void TakeRecipe(BackfillPlan plan)
    {
        (Template, Seconds.Value, Wish, AutoApprove) = (plan.Recipe.Template ?? "", plan.Recipe.Seconds, plan.Recipe.Wish ?? "", plan.AutoApprove);
        Providers.AddRange(plan.Recipe.Providers);
        Aspects.UnionWith(plan.Recipe.Aspects);
        OtherAspects = [.. plan.Recipe.Aspects.Except(ChoiceForm.Aspects.Select(aspect => aspect.Ratio), StringComparer.Ordinal)];
        (MostMoney.Value, Currency) = (plan.Caps.Money?.Amount, plan.Caps.Money?.Currency ?? Currency);
        (MostVideos.Count, VideosPerWeek.Count, Priority) = (plan.Caps.Videos, plan.Caps.VideosPerWeek, plan.Priority);
    }

    /// <summary>Drops what depends on the shop.</summary>
    public void ForgetWords()
    {
        foreach (var words in new[] { Collections, Tags, ProductTypes, Vendors })
            words.Clear();
        (MinStock.Count, BestSellers.Count, OfList) = (null, null, null);
        if (ListedOfShop)
            List([], from: null);
    }

    /// <summary>What can't be read, by field.</summary>
    public IReadOnlyList<(string Field, string Text)> Mistakes() =>
    [
        .. TypedNumber.Mistakes(
            ("recipe.seconds", "Seconds", Seconds), ("caps.money", "Most money", MostMoney), ("caps.videos", "Most videos", MostVideos),
            ("caps.videosPerWeek", "Videos in seven days", VideosPerWeek)),
        .. ByList ? [] : TypedNumber.Mistakes(
            ("scope.minPrice", "Price from", MinPrice), ("scope.maxPrice", "Price to", MaxPrice), ("scope.minStock", "In stock", MinStock),
            ("scope.bestSellers", "Best sellers", BestSellers)),
    ];

    /// <summary>The named products; null where they are chosen by what they are.</summary>
    public IReadOnlyList<string>? ToProducts() => ByList ? [.. Listed.Concat(ProductIds.FromText(Pasted)).Distinct(StringComparer.Ordinal)] : null;

    /// <summary>Without <see cref="Mistakes"/>.</summary>
    public BackfillPlan ToPlan() => new()
    {
        Scope = ToScope(),
        Recipe = new BackfillRecipe
        {
            Template = Template.Length == 0 ? null : Template,
            Providers = [.. Providers],
            Aspects = [.. ChoiceForm.Aspects.Select(aspect => aspect.Ratio).Concat(OtherAspects).Where(Aspects.Contains)],
            Seconds = Seconds.Value,
            Wish = string.IsNullOrWhiteSpace(Wish) ? null : Wish.Trim(),
        },
        Caps = new BackfillCaps
        {
            Money = MostMoney.Value is { } most ? new Money(most, Currency.Trim().ToUpperInvariant()) : null, Videos = MostVideos.Count, VideosPerWeek = VideosPerWeek.Count,
        },
        AutoApprove = AutoApprove,
        Schedule = When.ToSchedule(),
        Priority = Priority,
    };

    /// <summary>A named product is one whatever it is like.</summary>
    private BackfillScope ToScope() => ByList
        ? (OfList ?? new BackfillScope()) with { OnlyNamed = true, WithoutVideo = WithoutVideo, Changed = Changed, Restyled = Restyled, TryAgain = TryAgain }
        : new BackfillScope
        {
            WithoutVideo = WithoutVideo,
            Changed = Changed,
            Restyled = Restyled,
            TryAgain = TryAgain,
            Collections = [.. Collections],
            Tags = [.. Tags],
            ProductTypes = [.. ProductTypes],
            Vendors = [.. Vendors],
            MinPrice = MinPrice.Value,
            MaxPrice = MaxPrice.Value,
            MinStock = MinStock.Count,
            BestSellers = BestSellers.Count,
            ChangedSince = ChangedSince is not { } day ? null : Since is { } since && since.Day == day ? since.At : Midnight(day),
        };

    private DateTimeOffset Midnight(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <summary>One that nobody knows is told beside its own field.</summary>
    private TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(When.TimeZone.Trim(), out var known) ? known : TimeZoneInfo.Utc;
}
