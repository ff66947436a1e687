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
        var command = new Command("demo", "Makes the first clip of the sample shop and attaches it to its listing.") { ServeCommand.Port, ServeCommand.Host, Exit };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(CommonOptions.Data)!, parsed.GetValue(Exit) ? null : ServeCommand.UrlOf(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string data, string? url, CancellationToken cancellationToken)
    {
        await using var app = await ProductVideoApp.BuildAsync(data, url);
        await app.StartAsync(cancellationToken);
        try
        {
            return await FilmAsync(app, data, url, cancellationToken);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<int> FilmAsync(WebApplication app, string data, string? url, CancellationToken cancellationToken)
    {
        var shop = app.Services.GetRequiredService<Shops>().Get(ProductVideoApp.SampleShop);
        if ((await shop.ListAsync(new ProductQuery(Take: 1), cancellationToken)).Products is not [var first, ..])
            return Failures.Say("The shop in this folder has no products. Put products.csv or products/*.json into it, or start with PRODUCTVIDEO_SampleShop= for the sample.", Failures.Refused);
        var address = url is null ? null : ServerAddress.FromHere(app.Urls.First());
        await using var left = address is null ? null : ServerAddress.Leave(data, address);
        var (generation, file) = await MainJob.RunAsync(
            app.Services, first.Ref, new VideoWishes { AutoApprove = true }, agreed: [], data, cancellationToken);
        var code = MainJob.Tell(generation, file);
        if (address is not null && code == 0)
        {
            Console.WriteLine($"{address}{(generation.State as GenerationState.Published)?.ListingUrl}");
            await app.WaitForShutdownAsync(cancellationToken);
        }

        return code;
    }
}
