using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Webhooks.Outgoing;

/// <summary>
/// What the admin and the API call to say who is told. <c>own</c> is the only shop that the caller may see, null for all; what belongs to
/// another is as if it did not exist.
/// </summary>
internal sealed class OutgoingWebhooks(
    IDbContextFactory<ProductVideoDb> databases, EndpointSecrets secrets, IdempotencyKeys idempotency, WebhookOptions options, TimeProvider clock)
{
    /// <summary>Of each shop, and of those that see all shops. No shop takes another one's.</summary>
    private const int MaxEndpoints = 50;

    /// <summary>How long a secret that was replaced is still signed with.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <inheritdoc cref="AddAsync(NewEndpoint, CancellationToken)"/>
    public async Task<EndpointWithSecret> AddAsync(string? url, IReadOnlyList<string>? events, string? own, CancellationToken cancellationToken) =>
        (await AddAsync(new NewEndpoint(url, events, own), cancellationToken)).Added;

    /// <summary>Adds an address. It is told of what happens from now on.</summary>
    /// <exception cref="RefusedException">The address or a type may not be used, or the key was used for another request.</exception>
    public async Task<AddedEndpoint> AddAsync(NewEndpoint wanted, CancellationToken cancellationToken)
    {
        if (await AddedAsync(wanted, cancellationToken) is { } added)
            return added;
        var (secret, now) = (NewSecret(), clock.GetUtcNow());
        var id = Guid.CreateVersion7(now);
        var row = new WebhookEndpointRow
        {
            Id = id,
            Shop = wanted.Own,
            Url = EndpointAddress.Check(wanted.Url, options),
            Events = Filter(wanted.Events ?? []),
            Secret = secrets.Lock(id, secret),
            CreatedAt = now,
        };
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.WebhookEndpoints.CountAsync(other => other.Shop == wanted.Own, cancellationToken) >= MaxEndpoints)
            throw Refusals.Invalid("too_many_endpoints", $"There are {MaxEndpoints} webhooks already. Delete one that is not used any more.", $"{MaxEndpoints} webhook endpoints of {wanted.Own ?? "all shops"} exist.");
        db.WebhookEndpoints.Add(row);
        if (wanted.Key is { } key)
            db.IdempotencyKeys.Add(new IdempotencyRow { Caller = key.Caller, Key = key.Key, RequestHash = wanted.Hash(), GenerationId = id, CreatedAt = now });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new AddedEndpoint(new EndpointWithSecret(WebhookEndpoint.Of(row), secret), IsNew: true);
        }
        catch (DbUpdateException e) when (DatabaseFaults.IsDuplicate(e))
        {
            // The same request came twice at once.
            return await AddedAsync(wanted, cancellationToken) ?? throw new InvalidOperationException($"Webhook endpoint {id} is there already.", e);
        }
    }

    /// <summary>What the same key added before, with its secret: whoever asks again may never have seen the answer that held it.</summary>
    private async Task<AddedEndpoint?> AddedAsync(NewEndpoint wanted, CancellationToken cancellationToken)
    {
        if (wanted.Key is not { } key || await idempotency.FindAsync(key, wanted.Hash(), cancellationToken) is not { } id)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await Seen(db, wanted.Own).AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) ?? throw NoEndpoint(id);
        var secret = secrets.Open(id, row.Secret) ?? throw Refusals.Invalid(
            "secret_unreadable", "This webhook's secret can't be read any more. Make a new one with rotate-secret.", $"The key ring does not open the secret of webhook endpoint {id}.");
        return new AddedEndpoint(new EndpointWithSecret(WebhookEndpoint.Of(row), secret), IsNew: false);
    }

    /// <summary>The oldest first.</summary>
    public async Task<IReadOnlyList<WebhookEndpoint>> ListAsync(string? own, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await Seen(db, own).AsNoTracking().OrderBy(row => row.CreatedAt).ToListAsync(cancellationToken)).ConvertAll(WebhookEndpoint.Of);
    }

    /// <exception cref="RefusedException">There is none.</exception>
    public Task<WebhookEndpoint> GetAsync(Guid id, string? own, CancellationToken cancellationToken) => ChangeAsync(id, own, _ => { }, cancellationToken);

    /// <exception cref="RefusedException">There is none, or the change may not be made.</exception>
    public Task<WebhookEndpoint> UpdateAsync(Guid id, EndpointChange change, string? own, string by, CancellationToken cancellationToken) => ChangeAsync(
        id, own,
        row =>
        {
            row.Url = change.Url is null ? row.Url : EndpointAddress.Check(change.Url, options);
            row.Events = change.Events is null ? row.Events : Filter(change.Events);
            if (change.Enabled is true)
                (row.DisabledAt, row.DisabledBecause, row.FailingSince) = (null, null, null);
            if (change.Enabled is false)
                (row.DisabledAt, row.DisabledBecause) = (row.DisabledAt ?? clock.GetUtcNow(), row.DisabledBecause ?? $"Switched off by {by}.");
        },
        cancellationToken);

    /// <summary>
    /// Makes a new secret. The one before is signed with too for <see cref="Overlap"/>, so that nothing is refused meanwhile. Asked again
    /// within that time, it stays the one before: whoever asks twice may never have seen the secret between.
    /// </summary>
    /// <exception cref="RefusedException">There is no such endpoint.</exception>
    public async Task<EndpointWithSecret> RotateAsync(Guid id, string? own, CancellationToken cancellationToken)
    {
        var (secret, now) = (NewSecret(), clock.GetUtcNow());
        var endpoint = await ChangeAsync(
            id, own,
            row =>
            {
                if (!(row.PreviousUntil > now))
                    (row.PreviousSecret, row.PreviousUntil) = (row.Secret, now + Overlap);
                row.Secret = secrets.Lock(id, secret);
            },
            cancellationToken);
        return new EndpointWithSecret(endpoint, secret);
    }

    /// <summary>Fine to call twice. What was on its way to it is not sent any more.</summary>
    public async Task DeleteAsync(Guid id, string? own, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await Seen(db, own).Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken) > 0)
            await db.WebhookAttempts.Where(row => row.EndpointId == id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<WebhookEndpoint> ChangeAsync(Guid id, string? own, Action<WebhookEndpointRow> change, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await Seen(db, own).FirstOrDefaultAsync(row => row.Id == id, cancellationToken) ?? throw NoEndpoint(id);
        change(row);
        await db.SaveChangesAsync(cancellationToken);
        return WebhookEndpoint.Of(row);
    }

    internal static IQueryable<WebhookEndpointRow> Seen(ProductVideoDb db, string? own) =>
        own is null ? db.WebhookEndpoints : db.WebhookEndpoints.Where(row => row.Shop == own);

    internal static RefusedException NoEndpoint(Guid id) => new(
        RefusalKind.NotFound, new Problem("unknown_webhook_endpoint", "There is no such webhook. It may have been deleted.", $"Webhook endpoint {id} does not exist."));

    private static string Filter(IReadOnlyList<string> events) => events.Except(EventTypes.All, StringComparer.Ordinal).ToList() is [var unknown, ..]
        ? throw Refusals.Invalid(
            "unknown_event", $"There is no event '{unknown}'. The events are: {string.Join(", ", EventTypes.All)}.", $"Event '{unknown}' is unknown.", "events")
        : string.Join(' ', events.Distinct(StringComparer.Ordinal));

    private static string NewSecret() => StandardWebhooks.SecretStart + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
