using System.Globalization;
using ProductVideo.Clips;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Planning;
using ProductVideo.Security;
using ProductVideo.Spending;

namespace ProductVideo.Admin;

/// <summary>How the pages say what the pipeline knows. Nothing else in the admin spells a state.</summary>
internal static class Words
{
    /// <summary>Every state, in the order of a video's life, with the merchant's word for it.</summary>
    public static IReadOnlyList<(string State, string Label)> States { get; } =
    [
        (nameof(GenerationState.Planned), "Waiting to start"),
        (nameof(GenerationState.Submitting), "Ordering"),
        (nameof(GenerationState.Rendering), "Being made"),
        (nameof(GenerationState.Fetching), "Being checked"),
        (nameof(GenerationState.AwaitingReview), "Ready for your review"),
        (nameof(GenerationState.Publishing), "Going to the listing"),
        (nameof(GenerationState.Published), "On the listing"),
        (nameof(GenerationState.InDoubt), "Needs your decision"),
        (nameof(GenerationState.Failed), "Did not work"),
        (nameof(GenerationState.Rejected), "Rejected"),
        (nameof(GenerationState.Withdrawing), "Going off the listing"),
        (nameof(GenerationState.Withdrawn), "Taken off the listing"),
        (nameof(GenerationState.Cancelled), "Cancelled"),
    ];

    /// <summary>In the place of "Ready for your review", where that look must be a closer one.</summary>
    public const string LooksDifferent = "Review: looks different";

    /// <summary>In its place, where only the form is not as it should be: a sound, a mark or a label that is not there.</summary>
    public const string NotAsOrdered = "Review: not as ordered";

    /// <summary>Of a product that shoppers do not see, which each kind of shop calls otherwise: draft, archived, disabled.</summary>
    public const string NotPublished = "Not published";

    /// <summary>What a video goes through, in the order of the steps shown.</summary>
    public static IReadOnlyList<string> Steps { get; } = ["Ordered", "Being made", "Checked", "Review", "On the listing"];

    /// <summary>Of a clip that waits for a closer look.</summary>
    public static string OfDoubts(IReadOnlyList<ClipCheck> doubts) => Likeness.Told(doubts).Code == Likeness.LooksDifferent ? LooksDifferent : NotAsOrdered;

    public static string Of(GenerationState state) => States.First(known => known.State == state.Name).Label;

    public static Tone ToneOf(GenerationState state) => state switch
    {
        GenerationState.AwaitingReview or GenerationState.InDoubt => Tone.Asks,
        GenerationState.Published => Tone.Good,
        GenerationState.Failed => Tone.Bad,
        GenerationState.Rejected or GenerationState.Withdrawn or GenerationState.Cancelled => Tone.Over,
        _ => Tone.Moving,
    };

    /// <summary>Which of <see cref="Steps"/> a generation is at; where it stopped, if it did.</summary>
    public static int StepOf(GenerationState state) => state switch
    {
        GenerationState.Planned or GenerationState.Submitting => 0,
        GenerationState.InDoubt { Operation: null } => 0,
        GenerationState.Rendering or GenerationState.InDoubt or GenerationState.Cancelled => 1,
        GenerationState.Fetching => 2,
        GenerationState.AwaitingReview or GenerationState.Rejected => 3,
        GenerationState.Failed failed => failed.Clip is null ? 1 : 4,
        _ => 4,
    };

    /// <summary>Who did something, for whoever looks at the page.</summary>
    /// <param name="name">As it was recorded.</param>
    /// <param name="visitor">Under which name the visitor's own doing is recorded; null where that is not known.</param>
    public static string Who(string? name, string? visitor) => name switch
    {
        null => "somebody",
        // Every sign-in link makes the same name, so it may have been another one who signed in.
        ProductVideoAuth.OperatorName => "somebody signed in here",
        _ when name == visitor => "you",
        _ => name,
    };

    /// <summary><see cref="Who"/>, where a sentence begins with it. A name stays as it is.</summary>
    public static string WhoFirst(string? name, string? visitor) =>
        Who(name, visitor) is var who && who == name ? who : char.ToUpperInvariant(who[0]) + who[1..];

    public static string Price(Money amount) => amount.IsZero ? "Free" : PriceText.Format(amount, "en");

    /// <summary>As <see cref="Price"/>, where nothing is zero and not free; fractions of a cent are kept.</summary>
    public static string Amount(Money amount)
    {
        var text = PriceText.Format(amount, "en");
        return amount.Amount == decimal.Round(amount.Amount, 2) ? text : amount.ToString();
    }

    /// <summary>What a video costs, for a button: <c>$0.70</c>, <c>$0.70, or up to $3.00</c> where who would take over costs more, <c>Free, or up to $3.00</c>.</summary>
    public static string Price(VideoPreview preview) => Price(preview.Price) + (preview.UpTo.Count == 0 ? "" : $", or up to {UpTo(preview)}");

    /// <summary>The same as a sentence.</summary>
    public static string Costs(VideoPreview preview) => (preview.Price.IsZero, preview.UpTo.Count) switch
    {
        (true, 0) => "It is free.",
        (true, _) => $"It is free, or costs up to {UpTo(preview)} if another provider has to make it.",
        (false, 0) => $"It costs about {Amount(preview.Price)}.",
        (false, _) => $"It costs about {Amount(preview.Price)}, or up to {UpTo(preview)} if another provider has to make it.",
    };

    private static string UpTo(VideoPreview preview) => string.Join(" or ", preview.UpTo.Select(Amount));

    /// <summary>For example <c>3 minutes ago</c>.</summary>
    public static string Ago(DateTimeOffset then, DateTimeOffset now) => (now - then) switch
    {
        { TotalSeconds: < 45 } => "just now",
        { TotalMinutes: < 1.5 } => "a minute ago",
        { TotalMinutes: < 59.5 } time => $"{time.TotalMinutes:0} minutes ago",
        { TotalHours: < 1.5 } => "an hour ago",
        { TotalHours: < 23.5 } time => $"{time.TotalHours:0} hours ago",
        { TotalDays: < 1.5 } => "yesterday",
        { TotalDays: < 30 } time => $"{time.TotalDays:0} days ago",
        _ => then.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en")),
    };

    /// <summary>Where a form could not be sent.</summary>
    public static string Mending(int mistakes) =>
        mistakes == 1 ? "One thing needs mending. It stands beside its field." : $"{mistakes} things need mending. Each stands beside its field.";

    public static string Seconds(decimal seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} s");

    public static string Bytes(long bytes) => bytes < 100_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000m:0} kB") : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000m:0.0} MB");
}

/// <summary>How a state feels to the merchant; a colour on the pages.</summary>
internal enum Tone
{
    Moving,
    Asks,
    Good,
    Bad,
    Over,
}
