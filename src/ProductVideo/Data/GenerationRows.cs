using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Spending;

namespace ProductVideo.Data;

/// <summary>Generations between the program and the database.</summary>
internal static class GenerationRows
{
    internal static GenerationRow ToRow(Generation generation) => new()
    {
        Id = generation.Id,
        Shop = generation.Product.Shop,
        ProductId = generation.Product.ProductId,
        State = generation.State.Name,
        Active = generation.State.IsActive,
        Version = generation.Version,
        DueAt = generation.DueAt,
        Urgency = Urgency.Of(generation),
        Provider = generation.Order.Provider,
        Fingerprint = generation.Order.Fingerprint,
        Attempt = generation.Attempt,
        RemoteId = TaskOf(generation.State),
        CancelRequestedBy = generation.CancelRequestedBy,
        CreatedAt = generation.CreatedAt,
        UpdatedAt = generation.UpdatedAt,
        Order = Json.Write(generation.Order),
        Document = Json.Write(generation.State),
        FromBackup = generation.FromBackup,
    };

    /// <summary>The provider's task that a state holds; null if none.</summary>
    internal static string? TaskOf(GenerationState state) => state switch
    {
        GenerationState.Rendering rendering => rendering.Operation.RemoteId,
        GenerationState.Fetching fetching => fetching.Operation.RemoteId,
        GenerationState.InDoubt doubt => doubt.Operation?.RemoteId,
        _ => null,
    };

    /// <summary>The task that a change brings; null if it brings none.</summary>
    internal static string? NewTaskOf(Generation? before, Generation after) =>
        TaskOf(after.State) is { } task && (before is null || TaskOf(before.State) != task) ? task : null;

    /// <summary>Whether a change gives a task up for others: one that a person named, and that the provider never showed, is nobody's.</summary>
    internal static bool FreesTask(Generation before, Generation after) => before.State is GenerationState.Rendering { Doubt: not null } && after.State is GenerationState.InDoubt { Operation: null };

    internal static Generation FromRow(GenerationRow row) => new()
    {
        Id = row.Id,
        Product = new ProductRef(row.Shop, row.ProductId),
        Order = Json.Read<GenerationOrder>(row.Order),
        Attempt = row.Attempt,
        State = Json.Read<GenerationState>(row.Document),
        Version = row.Version,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
        DueAt = row.DueAt,
        CancelRequestedBy = row.CancelRequestedBy,
        FromBackup = row.FromBackup,
        Cost = row is { Cost: { } cost, CostCurrency: { } currency } ? Micros.ToMoney(cost, currency) : null,
    };
}
