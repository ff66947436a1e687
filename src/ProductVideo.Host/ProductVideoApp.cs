using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using ProductVideo.Admin;
using ProductVideo.Health;
using ProductVideo.Host.Commands;
using ProductVideo.Hosting;
using ProductVideo.Security;
using ProductVideo.Storefronts.Folder;

namespace ProductVideo.Host;

/// <summary>The self-hosted product, and the sample of embedding: two calls and the shops.</summary>
internal static class ProductVideoApp
{
    public const string SampleShop = "sample";

    /// <summary>As in <c>appsettings.json</c>.</summary>
    private const string LoopbackOnly = "localhost;127.0.0.1;[::1]";

    /// <summary>From the signal to the end of the process. Whoever stops it must wait longer before it kills it.</summary>
    public static readonly TimeSpan LongestStop = HealthOptions.LongestDrain + ProductVideoServices.StopTime + TimeSpan.FromSeconds(5);

    /// <summary>Builds the application, aside: the caller has its task at once, for which a signal to stop can wait.</summary>
    /// <param name="dataFolder">Database, videos, keys.</param>
    /// <param name="url">Where to listen; null for a command that serves nobody.</param>
    /// <param name="roles">What this process does; null for what the settings say.</param>
    /// <param name="reads">Whether this process reads products.</param>
    public static Task<WebApplication> BuildAsync(string dataFolder, string? url, string? roles = null, bool reads = true) =>
        Task.Run(() => Build(dataFolder, url, roles, reads));

    private static WebApplication Build(string dataFolder, string? url, string? roles, bool reads)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables("PRODUCTVIDEO_");
        builder.Configuration["AllowedHosts"] = HostsOf(builder.Configuration["AllowedHosts"], url, builder.Configuration["ProductVideo:PublicAddress"]);
        // Standard output belongs to what a command answers; scripts read it. What goes wrong on the way is told in a sentence at its end.
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (Console.IsErrorRedirected)
            AddLogLines(builder.Logging, builder.Configuration);
        if (url is null)
            // That it waits for another process is seen at no other place.
            builder.Logging.AddFilter("ProductVideo", LogLevel.Critical).AddFilter("ProductVideo.Data.Sqlite", LogLevel.Warning);
        var data = Path.GetFullPath(dataFolder);
        var keyRing = KeyRingOf(builder.Configuration, data);
        var trial = HasSample(builder.Configuration) ? TrialFolder.Of(builder.Configuration, data, reads) : null;
        if (trial is not null)
            builder.Services.AddSingleton(trial).AddHostedService<TrialFolder.Check>();
        builder.Services.AddHostedService(_ => new Folders(data, keyRing));
        // A command must not make the server's next key: whoever types it may be another user than the service's.
        if (url is not null)
            builder.Services.AddHostedService(services => new KeyRingCheck(services.GetRequiredService<IDataProtectionProvider>(), keyRing));

        builder.Services.AddProductVideo(options =>
        {
            (options.DataFolder, options.Roles, options.TrialShop) = (data, roles ?? options.Roles, SampleShop);
            options.SignInCommand = OwnCommand.Here.LineForStrangers(dataFolder, "sign-in");
        });
        AddOwnSections(builder.Services);
        builder.Services.AddAzureBlobs(builder.Configuration);
        ConfiguredProviders.Add(builder.Services, builder.Configuration);
        Storefronts.Add(builder.Services, builder.Configuration);
        builder.Services.Configure<HostOptions>(host => host.ServicesStopConcurrently = true);
        // Beside the database, because what was encrypted can't be read without it: sessions, and the passwords of connected shops.
        builder.Services.AddDataProtection().SetApplicationName("ProductVideo").PersistKeysToFileSystem(new DirectoryInfo(keyRing));
        if (trial is not null)
            AddTrialShop(builder.Services, trial, data);

        if (url is null)
        {
            builder.Services.AddSingleton<IServer, NobodysServer>();
            return builder.Build();
        }

        AddServer(builder, url);
        var app = builder.Build();
        Map(app, trial is not null);
        return app;
    }

    private static void AddServer(WebApplicationBuilder builder, string url)
    {
        builder.Services.AddProductVideoAdmin();
        // The admin's scripts and styles, also where this runs from its build instead of a published folder.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded => forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedProto);
        builder.Services.AddTransient<IStartupFilter, ProxyScheme>();
        builder.WebHost.UseUrls(url);
        StrangersStop.Limit(builder.Services);
    }

    private static void Map(WebApplication app, bool hasTrialShop)
    {
        app.MapProductVideo();
        if (!ProcessRoles.In(app.Services.GetRequiredService<ProductVideoOptions>().Roles).Contains(ProcessRoles.Web))
            return;
        app.MapProductVideoAdmin();
        if (hasTrialShop)
            app.MapFolderShop(SampleShop);
    }

    private static void AddTrialShop(IServiceCollection services, TrialFolder trial, string data)
    {
        services.AddFolderStorefront(SampleShop, folder => (folder.Path, folder.StatePath) = (trial.Path, Path.Combine(ShopsOf(data), SampleShop)));
        if (!trial.IsNamed)
            services.AddOptions<FolderOptions>(SampleShop).Validate(folder => Directory.Exists(folder.Path), trial.WayOut);
        services.AddHostedService<TrialFolder.Keep>();
    }

    /// <summary>Of the settings that the program itself reads.</summary>
    internal static void AddOwnSections(IServiceCollection services) =>
        services.AddProductVideoSection("ProductVideo:KeyRing", typeof(string)).AddProductVideoSection("ProductVideo:SampleShop", typeof(SampleShopSettings));

    /// <summary>The folder of the keys by which sessions and shops' passwords are encrypted.</summary>
    public static string KeyRingOf(IConfiguration configuration, string data) => configuration["ProductVideo:KeyRing"] is { } named && !string.IsNullOrWhiteSpace(named) ? named : OwnKeyRingOf(data);

    private static string OwnKeyRingOf(string data) => Path.Combine(Path.GetFullPath(data), "keys");

    /// <summary>The folder of what is on the listings of folder shops.</summary>
    public static string ShopsOf(string data) => Path.Combine(Path.GetFullPath(data), "shops");

    /// <summary>Whether the sample shop is there; a server that serves a shop of its own may do without.</summary>
    internal static bool HasSample(IConfiguration settings) => settings.GetValue("ProductVideo:SampleShop:Enabled", defaultValue: true);

    /// <summary>For a file or a journal: an event is a line, and says when it was. Settings that name a formatter come first.</summary>
    internal static void AddLogLines(ILoggingBuilder logging, IConfiguration settings)
    {
        if (settings["Logging:Console:FormatterName"] is null)
            logging.AddSimpleConsole(lines => (lines.SingleLine, lines.UseUtcTimestamp, lines.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z' "));
    }

    /// <summary>The names under which requests are answered.</summary>
    /// <param name="configured">What the settings say.</param>
    /// <param name="url">Where the server listens; null for a command that serves nobody.</param>
    /// <param name="publicAddress">Where shops and shoppers reach it, through a proxy maybe.</param>
    internal static string? HostsOf(string? configured, string? url, string? publicAddress)
    {
        if (configured != LoopbackOnly || url is null)
            return configured;
        // Whoever listens beyond this machine is reached by names that only the operator knows; AllowedHosts in the settings narrows them.
        if (!new Uri(url).IsLoopback)
            return "*";
        return Uri.TryCreate(publicAddress, UriKind.Absolute, out var named)
            ? $"{LoopbackOnly};{ProductVideoAuth.HostOf(named)}" : LoopbackOnly;
    }

    private sealed class SampleShopSettings
    {
        public bool Enabled { get; set; } = true;
    }

    /// <summary>
    /// Made at the start and not before: a command that finds no database leaves no folder behind either. And before the framework makes one, which
    /// lets everybody on the machine read. A ring that the operator named is the operator's to guard.
    /// </summary>
    private sealed class Folders(string data, string keyRing) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            PrivateFolder.Make(data);
            if (keyRing == OwnKeyRingOf(data))
                PrivateFolder.Make(keyRing);
            else
                Directory.CreateDirectory(keyRing);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>
    /// By which scheme a request came, before anything else looks at it. Under the public address's name it is that address's, wherever the
    /// proxy runs and whatever it passes on; else a proxy on this machine is believed, and no other.
    /// </summary>
    internal sealed class ProxyScheme : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app => next(app.UseForwardedHeaders().Use((http, go) =>
        {
            if (ProductVideoAuth.IsPublic(http))
                http.Request.Scheme = Uri.UriSchemeHttps;
            return go(http);
        }));
    }
}
