using System.CommandLine;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using Command = System.CommandLine.Command;

namespace ProductVideo.Host.Commands;

/// <summary>The sample shop's first clip, from photographs to its listing.</summary>
internal static class DemoCommand
{
    private static readonly Option<bool> Exit = new("--exit") { Description = "Stops when the clip is on its listing; otherwise goes on serving." };

    public static Command Create()
    {
        var command = new Command("demo", "Makes the first clip of the sample shop and attaches it to its listing.") { CommonOptions.Data, Exit };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(CommonOptions.Data)!, parsed.GetValue(Exit), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string data, bool exit, CancellationToken cancellationToken)
    {
        await using var app = ProductVideoApp.Build(data, exit ? null : "http://127.0.0.1:5080");
        await app.StartAsync(cancellationToken);
        var shop = app.Services.GetRequiredService<Shops>().Get(ProductVideoApp.SampleShop);
        var first = (await shop.ListAsync(new ProductQuery(Take: 1), cancellationToken)).Products[0];
        var (generation, file) = await MainJob.RunAsync(
            app.Services, first.Ref, new VideoWishes { AutoApprove = true }, data, cancellationToken);
        var code = MainJob.Tell(generation, file);
        if (!exit && code == 0)
        {
            Console.WriteLine($"{app.Urls.First()}{(generation.State as GenerationState.Published)?.ListingUrl}");
            await app.WaitForShutdownAsync(cancellationToken);
        }

        await app.StopAsync(CancellationToken.None);
        return code;
    }
}
