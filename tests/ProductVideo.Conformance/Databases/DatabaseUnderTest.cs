using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProductVideo.Data;
using ProductVideo.Hosting;

namespace ProductVideo.Conformance.Databases;

/// <summary>ProductVideo's own wiring over one database; several of these over one database are several nodes.</summary>
public sealed class DatabaseUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="folder">The data folder.</param>
    /// <param name="database">The engine and the database.</param>
    /// <param name="configure">What else is registered, before ProductVideo's own.</param>
    public DatabaseUnderTest(string folder, DatabaseOptions database, Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        configure?.Invoke(services);
        services.AddCheckedFfmpeg();
        services.AddProductVideo(options =>
        {
            options.DataFolder = folder;
            options.Database = database;
            options.Roles = ProcessRoles.Web;
        });
        _services = services.BuildServiceProvider();
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    internal Task<ProductVideoDb> OpenAsync() => Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();

    /// <summary>As the host does when it starts: afterwards the tables are there.</summary>
    public Task StartAsync(CancellationToken cancellationToken) =>
        Get<IEnumerable<IHostedService>>().Single(service => service.GetType().Name == "DatabaseStart").StartAsync(cancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
