using ProductVideo.Hosting;

namespace ProductVideo.Host.Commands;

/// <summary>Runs a command on the database of a data folder, beside a server that may be running on it.</summary>
internal static class WithDatabase
{
    /// <param name="data">The data folder.</param>
    /// <param name="run">The command; its answer is the exit code.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="jobs">Whether this process works too until the command ends; else it only writes rows.</param>
    public static async Task<int> RunAsync(string data, Func<IServiceProvider, Task<int>> run, CancellationToken cancellationToken, bool jobs = false)
    {
        await using var app = ProductVideoApp.Build(data, url: null);
        if (!jobs)
            app.Services.GetRequiredService<ProductVideoOptions>().Roles = ProcessRoles.Web;
        await app.StartAsync(cancellationToken);
        var code = await run(app.Services);
        await app.StopAsync(CancellationToken.None);
        return code;
    }
}
