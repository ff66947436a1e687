using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using ProductVideo.Catalog;
using ProductVideo.Data.Archive;

namespace ProductVideo.Data;

/// <summary>The database: one class per engine derives from it and holds that engine's migrations.</summary>
internal abstract class ProductVideoDb(DbContextOptions options) : DbContext(options)
{
    internal DbSet<GenerationRow> Generations => Set<GenerationRow>();

    internal DbSet<ArchivedGenerationRow> ArchivedGenerations => Set<ArchivedGenerationRow>();

    internal DbSet<ChoreRow> Chores => Set<ChoreRow>();

    internal DbSet<RenderOrderRow> RenderOrders => Set<RenderOrderRow>();

    internal DbSet<IdempotencyRow> IdempotencyKeys => Set<IdempotencyRow>();

    internal DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();

    internal DbSet<SignInLinkRow> SignInLinks => Set<SignInLinkRow>();

    internal DbSet<BudgetRow> Budgets => Set<BudgetRow>();

    internal DbSet<BudgetPeriodRow> BudgetPeriods => Set<BudgetPeriodRow>();

    internal DbSet<SpendEntryRow> SpendEntries => Set<SpendEntryRow>();

    internal DbSet<WebhookDeliveryRow> WebhookDeliveries => Set<WebhookDeliveryRow>();

    internal DbSet<WebhookEndpointRow> WebhookEndpoints => Set<WebhookEndpointRow>();

    internal DbSet<WebhookEventRow> WebhookEvents => Set<WebhookEventRow>();

    internal DbSet<WebhookAttemptRow> WebhookAttempts => Set<WebhookAttemptRow>();

    internal DbSet<ProviderAccountRow> ProviderAccounts => Set<ProviderAccountRow>();

    internal DbSet<SubmitSwitchRow> SubmitSwitches => Set<SubmitSwitchRow>();

    internal DbSet<SubmitIntentRow> SubmitIntents => Set<SubmitIntentRow>();

    internal DbSet<DuplicateChargeRow> DuplicateCharges => Set<DuplicateChargeRow>();

    internal DbSet<ProviderListRow> ProviderLists => Set<ProviderListRow>();

    internal DbSet<ShopConnectionRow> ShopConnections => Set<ShopConnectionRow>();

    internal DbSet<ShopTokensRow> ShopTokens => Set<ShopTokensRow>();

    internal DbSet<ShopLabelRow> ShopLabels => Set<ShopLabelRow>();

    internal DbSet<WatchedProductRow> WatchedProducts => Set<WatchedProductRow>();

    internal DbSet<WatchedShopRow> WatchedShops => Set<WatchedShopRow>();

    internal DbSet<CatalogProductRow> CatalogProducts => Set<CatalogProductRow>();

    internal DbSet<BackfillRow> Backfills => Set<BackfillRow>();

    internal DbSet<BackfillNameRow> BackfillNames => Set<BackfillNameRow>();

    internal DbSet<BackfillItemRow> BackfillItems => Set<BackfillItemRow>();

    /// <summary>
    /// Within a transaction, before the caps are read: whoever adds up the ledger for a new cap and whoever writes to it wait for each other,
    /// so that a move is either in the sum or finds the cap.
    /// </summary>
    /// <param name="toAddUp">To add up; false to write.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public virtual Task LockLedgerAsync(bool toAddUp, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>By which the engine makes <see cref="GenerationRow.Named"/>, and whether it keeps it beside the index.</summary>
    protected abstract (string Sql, bool Stored) Named { get; }

    /// <summary>What a query ends with that picks rows to claim: rows that another node is just claiming are passed over, not waited for.</summary>
    internal virtual string SkipLocked => "";

    /// <summary>The table <c>j</c> of the texts, called <c>value</c>, of a parameter that is an array in JSON.</summary>
    internal virtual string ElementsOf(string parameter) => $"json_each({parameter}) AS j";

    /// <summary>Within a transaction: whether the shop is connected, and stays so until the transaction has ended.</summary>
    public virtual Task<bool> HoldConnectionAsync(string shop, CancellationToken cancellationToken) =>
        ShopConnections.AnyAsync(row => row.Shop == shop, cancellationToken);

    /// <summary>Whether the server takes no writes just now. That a file can't be written shows only when it is written.</summary>
    internal virtual Task<bool> IsReadOnlyAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>Within a transaction: a backfill, which stays so until the transaction has ended; null if there is none.</summary>
    internal virtual Task<BackfillRow?> HoldBackfillAsync(Guid id, CancellationToken cancellationToken) =>
        Backfills.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Within a transaction: a product of the index, whose videos nobody else adds to or ends until the transaction has ended; null if it is not there.</summary>
    internal virtual Task<CatalogProductRow?> HoldProductAsync(string shop, string product, CancellationToken cancellationToken) =>
        CatalogProducts.AsNoTracking().FirstOrDefaultAsync(row => row.Shop == shop && row.ProductId == product, cancellationToken);

    /// <summary>Within a transaction: until it has ended nobody else counts what backfills ordered for the shop to order more.</summary>
    /// <remarks>SQLite has one writer at a time anyway.</remarks>
    internal virtual Task LockWeekAsync(string shop, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Within a transaction: until it has ended nobody else decides which of the product's clips stay on its listing.</summary>
    /// <remarks>SQLite has one writer at a time anyway.</remarks>
    internal virtual Task LockListingAsync(ProductRef product, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Within a transaction: writes many rows, fastest where they are sorted by their key.</summary>
    /// <param name="statement">What is done with each.</param>
    /// <param name="rows">Any number.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="same">What is the same for all of them.</param>
    /// <returns>How many were inserted or changed.</returns>
    internal abstract Task<int> WriteManyAsync<T>(
        ManyRows<T> statement, IReadOnlyList<T> rows, CancellationToken cancellationToken, params IReadOnlyList<(string Name, object Value)> same);

    /// <summary>As <see cref="WriteManyAsync{T}"/>, of a statement that ends with RETURNING.</summary>
    /// <returns>What was read of each row that was written.</returns>
    internal abstract Task<IReadOnlyList<TRead>> WriteManyAsync<T, TRead>(
        ManyRows<T> statement, IReadOnlyList<T> rows, Func<DbDataReader, TRead> read, CancellationToken cancellationToken,
        params IReadOnlyList<(string Name, object Value)> same);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Times are compared and ordered in SQL; SQLite can do that with numbers only.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<GenerationRow>(row =>
        {
            row.ToTable("generations");
            row.HasKey(r => r.Id);
            // Stops a click, a backfill and an API call from making the same clip side by side.
            row.HasIndex(r => r.Fingerprint).IsUnique().HasFilter("\"Active\"").HasDatabaseName("one_active_generation_per_fingerprint");
            // Each order asks whether its very clip is on a listing.
            row.HasIndex(r => new { r.Fingerprint, r.CreatedAt }).HasFilter("\"State\" = 'Published'").HasDatabaseName("generations_published");
            row.HasIndex(r => new { r.Provider, r.RemoteId }).IsUnique().HasFilter("\"RemoteId\" IS NOT NULL");
            // What batches take, and what they don't; see GenerationClaims and Sweep. A crowd of one kind costs the look at another nothing.
            row.HasIndex(r => r.DueAt).HasFilter("\"State\" = 'Rendering' AND \"DueAt\" IS NOT NULL").HasDatabaseName("generations_to_ask_about");
            row.HasIndex(r => new { r.Provider, r.Urgency, r.DueAt }).HasFilter("\"State\" = 'Planned'").HasDatabaseName("generations_to_send");
            row.HasIndex(r => new { r.Urgency, r.DueAt })
                .HasFilter("\"DueAt\" IS NOT NULL AND (\"State\" NOT IN ('Planned', 'Rendering') OR \"Urgency\" < 4000000000000000000)")
                .HasDatabaseName("generations_to_move_singly");
            row.HasIndex(r => new { r.Shop, r.ProductId, r.CreatedAt });
            // A search goes through this alone, for the name itself stands in a document of thousands of characters; and a page of all shops' videos
            // is read by it: beside a shorter one of the same order SQLite would take that, and read every document.
            row.Property(r => r.Named).HasComputedColumnSql(Named.Sql, Named.Stored);
            row.HasIndex(r => new { r.CreatedAt, r.Id, r.Shop, r.Named }).HasDatabaseName("generations_named");
            // A page of one shop's videos, without sorting all that it ever had.
            row.HasIndex(r => new { r.Shop, r.CreatedAt, r.Id });
            // See ReviewQueue: few wait among a million that are done.
            row.HasIndex(r => new { r.CreatedAt, r.Id }, "generations_to_review").HasFilter("\"State\" = 'AwaitingReview'");
        });
        modelBuilder.Entity<RenderOrderRow>(row =>
        {
            row.ToTable("render_orders");
            row.HasKey(r => r.Id);
            row.HasIndex(r => new { r.Background, r.CreatedAt }).HasFilter("\"State\" = 'Waiting' OR \"State\" = 'Rendering'");
        });
        modelBuilder.Entity<IdempotencyRow>(row =>
        {
            row.ToTable("idempotency_keys");
            row.HasKey(r => new { r.Caller, r.Key });
        });
        modelBuilder.Entity<ApiKeyRow>(row =>
        {
            row.ToTable("api_keys");
            row.HasKey(r => r.Id);
            row.HasIndex(r => r.Hash).IsUnique();
        });
        modelBuilder.Entity<SignInLinkRow>(row =>
        {
            row.ToTable("sign_in_links");
            row.HasKey(r => r.Hash);
        });
        modelBuilder.Entity<ProviderListRow>(row =>
        {
            row.ToTable("provider_lists");
            row.HasKey(r => r.Shop);
        });
        modelBuilder.Entity<ShopConnectionRow>(row =>
        {
            row.ToTable("shop_connections");
            row.HasKey(r => r.Shop);
        });
        modelBuilder.Entity<ShopTokensRow>(row =>
        {
            row.ToTable("shop_tokens");
            row.HasKey(r => r.Shop);
        });
        modelBuilder.Entity<ShopLabelRow>(row =>
        {
            row.ToTable("shop_labels");
            row.HasKey(r => r.Shop);
        });
        SpendingTables.Map(modelBuilder);
        WebhookRows.Map(modelBuilder);
        ChangeTables.Map(modelBuilder);
        BackfillTables.Map(modelBuilder);
        ArchivedGenerationRow.Map(modelBuilder);
        ChoreRow.Map(modelBuilder);
        MapAccounts(modelBuilder);
    }

    private static void MapAccounts(ModelBuilder modelBuilder)
    {
        // A place at a provider is free or not by these two states; see SubmitGate.
        modelBuilder.Entity<GenerationRow>().HasIndex(r => new { r.Provider, r.State })
            .HasFilter("\"State\" IN ('Submitting', 'Rendering')").HasDatabaseName("generations_at_provider");
        modelBuilder.Entity<ProviderAccountRow>(row =>
        {
            row.ToTable("provider_accounts");
            row.HasKey(r => r.Account);
        });
        modelBuilder.Entity<SubmitSwitchRow>(row =>
        {
            row.ToTable("submit_switches");
            row.HasKey(r => r.Scope);
        });
        modelBuilder.Entity<SubmitIntentRow>(row =>
        {
            row.ToTable("submit_intents");
            row.HasKey(r => r.Nonce);
            row.HasIndex(r => r.GenerationId);
            row.HasIndex(r => new { r.Account, r.At });
            row.HasIndex(r => r.LookAt).HasFilter("\"LookAt\" IS NOT NULL");
        });
        modelBuilder.Entity<DuplicateChargeRow>(row =>
        {
            row.ToTable("duplicate_charges");
            row.HasKey(r => new { r.Account, r.RemoteId });
            row.HasIndex(r => r.GenerationId);
        });
    }

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
