using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Catalog;
using ProductVideo.Conformance;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Tests.Generations;
using ProductVideo.Tests.Pipeline;
using ProductVideo.Webhooks.Inbox;
using ProductVideo.Webhooks.Signatures;
using Xunit;

namespace ProductVideo.Tests.Webhooks.Inbox;

/// <summary>An application with a provider and a shop that call, on a clock that the test moves; nothing is followed unless the test says so.</summary>
public sealed class InboxFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-inbox-").FullName;
    private readonly MemoryShop _shop = new();
    private WebApplication? _app;

    public InboxFixture() => Provider = new SigningProvider(Scripted);

    internal ScriptedProvider Scripted { get; } = new();

    internal SigningProvider Provider { get; }

    internal NoteTaker Notes { get; } = new();

    internal FakeTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000));

    /// <summary>How far the database's clock is ahead of this server's.</summary>
    internal TimeSpan DatabaseAhead { get; set; }

    internal T Get<T>() where T : notnull => _app!.Services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton<IDatabaseClock>(new OtherClock(this));
        builder.Services.AddSingleton<IVideoProvider>(Provider);
        builder.Services.AddSingleton<IStorefront>(new SigningShop(_shop));
        builder.Services.AddSingleton<IHearShops>(Notes);
        builder.Services.AddCheckedFfmpeg();
        builder.Services.AddProductVideo(options => (options.DataFolder, options.Roles) = (_folder, ProcessRoles.Web));
        _app = builder.Build();
        _app.MapProductVideo();
        _shop.Add("mug");
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A call of the provider, signed unless the test says otherwise.</summary>
    internal Task<HttpStatusCode> ProviderCallsAsync(string body, string id = "msg_1", string? secret = SigningProvider.Secret, string? sentBody = null) => PostAsync(
        "/webhooks/provider/scripted", sentBody ?? body, secret is null ? [] : new()
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = StandardWebhooks.Seconds(Clock.GetUtcNow()),
            ["webhook-signature"] = StandardWebhooks.Sign(id, Clock.GetUtcNow(), Encoding.UTF8.GetBytes(body), secret),
        });

    internal Task<HttpStatusCode> ShopCallsAsync(string body, string id = "d-1", string topic = "product.updated") => PostAsync("/webhooks/shop/test", body, new()
    {
        ["X-WC-Webhook-Delivery-ID"] = id,
        ["X-WC-Webhook-Topic"] = topic,
        ["X-WC-Webhook-Signature"] = BodyHmacSignature.Sign(Encoding.UTF8.GetBytes(body), SigningShop.Secret),
        ["Authorization"] = "Basic c2VjcmV0",
    });

    internal async Task<HttpStatusCode> PostAsync(string path, string body, Dictionary<string, string> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _app!.GetTestClient().SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Follows all that is due.</summary>
    internal async Task<int> FollowAllAsync()
    {
        var followed = 0;
        while (await Get<InboxWork>().FollowNextAsync(CancellationToken.None))
            followed++;
        return followed;
    }

    internal async Task<List<WebhookDeliveryRow>> RowsAsync()
    {
        await using var db = await Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        return await db.WebhookDeliveries.AsNoTracking().OrderBy(row => row.DeliveryId).ToListAsync();
    }

    /// <summary>A generation in this state, due in an hour.</summary>
    internal async Task<Generation> InAsync(GenerationState state)
    {
        var generation = Some.Generation(state, provider: "scripted") with { DueAt = Clock.GetUtcNow().AddHours(1) };
        return await Get<GenerationStore>().AddAsync(generation, idempotency: null, CancellationToken.None);
    }

    private sealed class OtherClock(InboxFixture inbox) : IDatabaseClock
    {
        public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => Task.FromResult(inbox.Clock.GetUtcNow() + inbox.DatabaseAhead);
    }

    internal async Task<Generation> NowAsync(Generation generation) => (await Get<GenerationStore>().FindAsync(generation.Id, CancellationToken.None))!;
}
