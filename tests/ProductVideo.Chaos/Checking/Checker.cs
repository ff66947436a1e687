using ProductVideo.Chaos.Outside;
using ProductVideo.Chaos.Running;

namespace ProductVideo.Chaos.Checking;

/// <summary>
/// Whether the promises held. Reads two things only: the ledgers of the outside, and what the product's own API tells. It never looks into
/// the product's database.
/// </summary>
internal static class Checker
{
    /// <summary>States after which nothing happens by itself.</summary>
    private static readonly HashSet<string> s_ended = new(StringComparer.Ordinal) { "Published", "Failed", "Rejected", "Cancelled", "Withdrawn", "InDoubt", "AwaitingReview" };

    public static bool HasEnded(GenerationView generation) => s_ended.Contains(generation.State);

    /// <summary>Checks the products of <paramref name="batch"/>, which is quiet.</summary>
    public static IReadOnlyList<Violation> Check(World world, Batch batch, IReadOnlyList<GenerationView> told)
    {
        var all = told.ToLookup(generation => generation.Product, StringComparer.Ordinal);
        var tasks = world.Provider.Tasks.ToLookup(task => task.Product, StringComparer.Ordinal);
        return
        [
            .. batch.Orders.SelectMany(order => OfProduct(
                order, [.. all[order.Product]], [.. tasks[order.Product]], world.Shop.MediaOf(order.Product), batch)),
            .. world.Provider.Early.Where(early => batch.Orders.Any(order => order.Product == early))
                .Select(early => new Violation(Breach.TooEarly, early, "sent again before the time that Retry-After named")),
        ];
    }

    private static IEnumerable<Violation> OfProduct(
        Order order, GenerationView[] generations, RemoteTask[] tasks, IReadOnlyList<ShopMedia> gallery, Batch batch) =>
        Lost(order, generations).Concat(Money(order, generations, tasks)).Concat(Listing(order, generations, tasks, gallery))
            .Concat(batch.Undisturbed
                ? generations.Where(g => g.State is not "Published").Select(g => new Violation(Breach.NeedlessDoubt, order.Product, $"{g.State} though nothing failed: {g.Problem?.OperatorText}"))
                : []);

    private static IEnumerable<Violation> Lost(Order order, GenerationView[] generations)
    {
        if (order.Answered is { } id && generations.All(generation => generation.Id != id))
            yield return new Violation(Breach.Lost, order.Product, $"generation {id} was accepted and is gone");
        foreach (var generation in generations.Where(generation => !HasEnded(generation)))
            yield return new Violation(Breach.Lost, order.Product, $"generation {generation.Id} stays {generation.State}: {generation.Problem?.OperatorText}");
        if (generations.Length > 1 + order.Retries)
            yield return new Violation(Breach.DoubleCharge, order.Product, $"{generations.Length} generations for one order");
    }

    private static IEnumerable<Violation> Money(Order order, GenerationView[] generations, RemoteTask[] tasks)
    {
        var charged = tasks.Where(task => task.Charge > 0).ToList();
        if (charged.Count > 1 + order.Retries)
            yield return new Violation(Breach.DoubleCharge, order.Product, $"charged {charged.Count} times: {string.Join(", ", charged.Select(task => task.Id))}");

        // The product's own books: what it says was spent, and what it keeps aside for whatever is in doubt.
        var settled = generations.Sum(generation => generation.Cost?.Amount ?? 0);
        var held = generations.Where(generation => generation is { State: "InDoubt", Cost: null }).Sum(generation => generation.Price.Amount);
        // Where nobody can prove that a failed one was not charged, the books count it.
        var unproven = generations.Where(generation => generation.State is "Failed").Sum(generation => generation.Cost?.Amount ?? 0);
        var spent = charged.Sum(task => task.Charge);
        if (spent < settled - unproven)
            yield return new Violation(Breach.Ledger, order.Product, $"the provider charged {spent}, our books say {settled}");
        if (spent > settled + held)
            yield return new Violation(Breach.Orphan, order.Product, $"the provider charged {spent}, our books say {settled} and hold {held}: {string.Join(", ", generations.Select(g => g.State))}");
    }

    private static IEnumerable<Violation> Listing(
        Order order, GenerationView[] generations, RemoteTask[] tasks, IReadOnlyList<ShopMedia> gallery)
    {
        var ours = gallery.Where(media => media.Id != ShopSide.OwnMedia).ToList();
        var published = generations.Where(generation => generation.State is "Published").ToList();
        if (gallery.All(media => media.Id != ShopSide.OwnMedia))
            yield return new Violation(Breach.ListingWorse, order.Product, "what was on the listing before is gone");
        foreach (var copies in ours.GroupBy(media => media.Task, StringComparer.Ordinal).Where(copies => copies.Count() > 1))
            yield return new Violation(Breach.DoubleAttach, order.Product, $"{copies.Count()} copies of the clip of {copies.Key}");
        if (ours.Count > 1 + order.Retries)
            yield return new Violation(Breach.DoubleAttach, order.Product, $"{ours.Count} clips of ours on one listing");
        foreach (var media in ours.Where(media => !media.Sound))
            yield return new Violation(Breach.UnsoundClip, order.Product, $"{media.Id} holds bytes that are no clip");
        foreach (var media in ours.Where(media => media.Task is not null && tasks.All(task => task.Id != media.Task)))
            yield return new Violation(Breach.WrongProduct, order.Product, $"{media.Id} shows the clip of {media.Task}");
        foreach (var generation in published.Where(generation => ours.All(media => media.Sha256 != generation.Clip?.Sha256)))
            yield return new Violation(Breach.Listing, order.Product, $"generation {generation.Id} is told to be published and its clip is not there");
        if (ours.Count > 0 && generations.Length > 0 && generations.All(generation => generation.State is "Withdrawn" or "Rejected" or "Cancelled"))
            yield return new Violation(Breach.Listing, order.Product, $"a clip is there, and every generation is {generations[0].State}");
    }
}
