using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ProductVideo.Data;

/// <summary>The database: one class per engine derives from it and holds that engine's migrations.</summary>
public abstract class ProductVideoDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<GenerationRow> Generations => Set<GenerationRow>();

    public DbSet<RenderOrderRow> RenderOrders => Set<RenderOrderRow>();

    public DbSet<IdempotencyRow> IdempotencyKeys => Set<IdempotencyRow>();

    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();

    public DbSet<SignInLinkRow> SignInLinks => Set<SignInLinkRow>();

    public DbSet<BudgetRow> Budgets => Set<BudgetRow>();

    public DbSet<BudgetPeriodRow> BudgetPeriods => Set<BudgetPeriodRow>();

    public DbSet<SpendEntryRow> SpendEntries => Set<SpendEntryRow>();

    public DbSet<WebhookDeliveryRow> WebhookDeliveries => Set<WebhookDeliveryRow>();

    public DbSet<WebhookEndpointRow> WebhookEndpoints => Set<WebhookEndpointRow>();

    public DbSet<WebhookEventRow> WebhookEvents => Set<WebhookEventRow>();

    public DbSet<WebhookAttemptRow> WebhookAttempts => Set<WebhookAttemptRow>();

    public DbSet<ProviderAccountRow> ProviderAccounts => Set<ProviderAccountRow>();

    public DbSet<SubmitSwitchRow> SubmitSwitches => Set<SubmitSwitchRow>();

    public DbSet<SubmitIntentRow> SubmitIntents => Set<SubmitIntentRow>();

    public DbSet<DuplicateChargeRow> DuplicateCharges => Set<DuplicateChargeRow>();

    public DbSet<ProviderListRow> ProviderLists => Set<ProviderListRow>();

    public DbSet<ShopConnectionRow> ShopConnections => Set<ShopConnectionRow>();

    public DbSet<ShopTokensRow> ShopTokens => Set<ShopTokensRow>();

    public DbSet<WatchedProductRow> WatchedProducts => Set<WatchedProductRow>();

    public DbSet<WatchedShopRow> WatchedShops => Set<WatchedShopRow>();

    /// <summary>
    /// Within a transaction, before the caps are read: whoever adds up the ledger for a new cap and whoever writes to it wait for each other,
    /// so that a move is either in the sum or finds the cap.
    /// </summary>
    /// <param name="toAddUp">To add up; false to write.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public virtual Task LockLedgerAsync(bool toAddUp, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Within a transaction: whether the shop is connected, and stays so until the transaction has ended.</summary>
    public virtual Task<bool> HoldConnectionAsync(string shop, CancellationToken cancellationToken) =>
        ShopConnections.AnyAsync(row => row.Shop == shop, cancellationToken);

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
            row.HasIndex(r => new { r.Provider, r.RemoteId }).IsUnique().HasFilter("\"RemoteId\" IS NOT NULL");
            row.HasIndex(r => r.DueAt).HasFilter("\"DueAt\" IS NOT NULL");
            row.HasIndex(r => new { r.Urgency, r.DueAt }).HasFilter("\"DueAt\" IS NOT NULL");
            row.HasIndex(r => new { r.Shop, r.ProductId, r.CreatedAt });
            row.HasIndex(r => new { r.CreatedAt, r.Id });
        });
        modelBuilder.Entity<RenderOrderRow>(row =>
        {
            row.ToTable("render_orders");
            row.HasKey(r => r.Id);
            row.HasIndex(r => r.CreatedAt).HasFilter("\"State\" = 'Waiting' OR \"State\" = 'Rendering'");
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
        SpendingTables.Map(modelBuilder);
        WebhookRows.Map(modelBuilder);
        ChangeTables.Map(modelBuilder);
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
