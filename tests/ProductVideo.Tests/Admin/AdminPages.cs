using ProductVideo.Accounts;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Admin;
using ProductVideo.Backfills;
using ProductVideo.CatalogIndex;
using ProductVideo.Changes;
using ProductVideo.Choosing;
using ProductVideo.Connecting;
using ProductVideo.Feeds;
using ProductVideo.Generations;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;
using ProductVideo.Prompts;
using ProductVideo.Security;
using ProductVideo.Spending;
using ProductVideo.Tests.Pipeline;
using ProductVideo.Webhooks.Outgoing;
using Xunit;

namespace ProductVideo.Tests.Admin;

/// <summary>The admin's pages over the real pipeline; the test moves generations, and no browser is needed.</summary>
public abstract class AdminPages : BunitContext, IAsyncLifetime
{
    // A bound for a loaded machine, not a wait.
    static AdminPages() => DefaultWaitTimeout = TimeSpan.FromSeconds(60);

    protected AdminPages() => Pipeline = new PipelineFixture { Add = AddTo };

    internal PipelineFixture Pipeline { get; }

    internal VideoGenerations Generations => Pipeline.Get<VideoGenerations>();

    /// <summary>Who looks at the pages.</summary>
    internal Bunit.TestDoubles.BunitAuthorizationContext Authorization { get; private set; } = default!;

    internal NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    public async ValueTask InitializeAsync()
    {
        await Pipeline.InitializeAsync();
        Pipeline.Shop.Products["mug"] = Pipeline.Shop.Products["mug"] with { ProductType = "Mugs", Vendor = "Varnmoor", Price = new(24.9m, "EUR"), Locale = "en" };
        AdminServices.AddPages(Services);
        Services.AddScoped(_ => new LiveGenerations(Pipeline.Get<GenerationChanges>(), Pipeline.Clock, NullLogger<LiveGenerations>.Instance) { Breath = TimeSpan.Zero });
        Services.AddSingleton<TimeProvider>(Pipeline.Clock);
        Services.AddSingleton(Pipeline.Get<VideoGenerations>());
        Services.AddSingleton(Pipeline.Get<ReviewQueue>());
        Services.AddSingleton(Pipeline.Get<SideBySide>());
        Services.AddSingleton(Pipeline.Get<Shops>());
        Services.AddSingleton(Pipeline.Get<Budgets>());
        Services.AddSingleton(Pipeline.Get<BackfillDesk>());
        Services.AddSingleton(Pipeline.Get<BackfillRules>());
        Services.AddSingleton(Pipeline.Get<CatalogProducts>());
        Services.AddSingleton(Pipeline.Get<SubmitSwitches>());
        Services.AddSingleton(Pipeline.Get<ProviderAccounts>());
        Services.AddSingleton(Pipeline.Get<Retirements>());
        Services.AddSingleton(Pipeline.Get<ProviderLists>());
        Services.AddSingleton(Pipeline.Get<ListRules>());
        Services.AddSingleton(Pipeline.Get<WatchedProducts>());
        Services.AddSingleton(Pipeline.Get<WatchedShops>());
        Services.AddSingleton(Pipeline.Get<ShopLabels>());
        Services.AddSingleton(Pipeline.Get<Regenerations>());
        Services.AddSingleton(Pipeline.Get<BudgetRules>());
        Services.AddSingleton(Pipeline.Get<SpendLedger>());
        Services.AddSingleton(Pipeline.Get<VideoProviders>());
        Services.AddSingleton(Pipeline.Get<TemplateCatalog>());
        Services.AddSingleton(Pipeline.Get<GenerationChanges>());
        Services.AddSingleton(Pipeline.Get<OutgoingWebhooks>());
        Services.AddSingleton(Pipeline.Get<WebhookDeliveries>());
        Services.AddSingleton(Pipeline.Get<ShopConnections>());
        Services.AddSingleton(Pipeline.Get<ConnectionCodes>());
        Services.AddSingleton(Pipeline.Get<ApiKeys>());
        Services.AddSingleton(Pipeline.Get<KeyRules>());
        Services.AddSingleton(Pipeline.Get<HandOverDesk>());
        Services.AddSingleton(Pipeline.Get<HandOverTickets>());
        Services.AddSingleton(Pipeline.Get<WebhookCare>());
        Services.AddSingleton(Pipeline.Get<ProductFeeds>());
        Services.AddSingleton(Pipeline.Get<ProductVideoOptions>());
        Authorization = this.AddAuthorization();
        Authorization.SetAuthorized("merchant");
        AddToPages(Services);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    /// <summary>Adds more to the product than its defaults.</summary>
    internal virtual void AddTo(IServiceCollection services)
    {
        // Nothing, for most pages.
    }

    /// <summary>Gives the pages something in the place of a default.</summary>
    internal virtual void AddToPages(IServiceCollection services)
    {
        // Nothing, for most pages.
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Pipeline.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>An order of the mug, and how it would look in another state.</summary>
    internal async Task<Generation> InAsync(GenerationState state) => (await Pipeline.OrderAsync()) with { State = state };

    /// <summary>An order whose clip is made, checked and awaits review.</summary>
    internal async Task<Generation> ForReviewAsync()
    {
        var clip = await Pipeline.ReadyClipAsync();
        Pipeline.Provider.OnCheck = _ => new ProductVideo.Providers.CheckOutcome.Ready([clip]);
        var ordered = await Pipeline.OrderAsync();
        return await Pipeline.AdvanceAsync(ordered.Id);
    }

    /// <summary>Lets the pause that a form makes after a change pass, however late it begins.</summary>
    internal async Task SettleAsync(Task change)
    {
        while (!change.IsCompleted)
        {
            Pipeline.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(change, Task.Delay(TimeSpan.FromMilliseconds(1)));
        }

        await change;
    }
}
