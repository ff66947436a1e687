using Microsoft.EntityFrameworkCore;
using ProductVideo.Conformance.Databases;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Benchmarks.Remote;

/// <summary>Orders with their holds, as a shop's backfill leaves them; not due until a side begins.</summary>
internal static class PreparedOrders
{
    private const string WarmUpShop = "warm-up";
    private const int AtOnce = 1_000;

    public static async Task AddAsync(Func<ProductVideoDb> open, int tasks)
    {
        var now = DateTimeOffset.UtcNow;
        foreach (var numbers in Enumerable.Range(0, tasks + RemoteTasks.WarmUp).Chunk(AtOnce))
        {
            await using var db = open();
            foreach (var number in numbers)
            {
                var generation = New(now, number < RemoteTasks.WarmUp ? WarmUpShop : "sample", number);
                db.Generations.Add(GenerationRows.ToRow(generation));
                db.SpendEntries.Add(HoldOf(generation));
            }

            await db.SaveChangesAsync();
        }
    }

    public static async Task MakeDueAsync(ProductVideoDb db, bool isWarmUp)
    {
        var now = DateTimeOffset.UtcNow;
        await db.Generations.Where(row => row.Shop == WarmUpShop == isWarmUp && row.State == nameof(GenerationState.Planned))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, now));
    }

    private static Generation New(DateTimeOffset now, string shop, int number)
    {
        var generation = Orders.New(now, product: $"product-{number}", provider: FakeAdapter.ProviderKey);
        return generation with
        {
            Id = Guid.CreateVersion7(now.AddMilliseconds(number)),
            Product = generation.Product with { Shop = shop },
            Order = generation.Order with
            {
                Price = new PriceEstimate(new Money(FakeAdapter.Price, "USD"), new DateOnly(2026, 11, 1)), Billing = BillingRule.OnSuccess,
            },
            DueAt = now.AddDays(1),
        };
    }

    private static SpendEntryRow HoldOf(Generation generation) => new()
    {
        Id = Guid.CreateVersion7(generation.CreatedAt),
        At = generation.CreatedAt,
        OrderedAt = generation.CreatedAt,
        GenerationId = generation.Id,
        Kind = MoneyMoveKind.Hold,
        Held = Micros.Of(FakeAdapter.Price),
        Currency = "USD",
        Shop = generation.Product.Shop,
        ProductId = generation.Product.ProductId,
        Provider = generation.Order.Provider,
        Model = generation.Order.Request.Model,
        RequestedBy = generation.Order.RequestedBy,
    };
}
