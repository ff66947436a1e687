using Microsoft.Extensions.Hosting;

namespace ProductVideo.Rendering;

/// <summary>Refuses to start without the fonts: orders are checked for letters that can't be drawn, and films are titled with them.</summary>
internal sealed class FontsStart : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        FontShelf.Demand();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
