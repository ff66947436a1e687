using ProductVideo.Hosting;

namespace ProductVideo.Host.Commands;

/// <summary>Runs a command on the database of a data folder, without jobs, beside a server that may be running on it.</summary>
internal static class WithDatabase
{
    public static async Task<int> RunAsync(string data, Func<IServiceProvider, Task<int>> run, CancellationToken cancellationToken)
    {
        await using var app = ProductVideoApp.Build(data, url: null);
        app.Services.GetRequiredService<ProductVideoOptions>().RunJobs = false;
        await app.StartAsync(cancellationToken);
        var code = await run(app.Services);
        await app.StopAsync(CancellationToken.None);
        return code;
    }
}
