using System.CommandLine;
using ProductVideo.Catalog;
using ProductVideo.Host.Commands.Backfills;
using ProductVideo.Host.Terminal;
using ProductVideo.Pipeline;

namespace ProductVideo.Host.Commands;

/// <summary>Lists a shop's products, for finding their ids, and takes lists of them.</summary>
internal static class ProductsCommand
{
    public static Command Create()
    {
        var command = new Command("products", "Lists the products of a shop: id, pictures, title.") { CommonOptions.Shop, ImportCommand.Create() };
        // Shops that were connected are in the database.
        command.SetAction((parsed, cancellationToken) => WithDatabase.RunAsync(
            parsed.GetValue(CommonOptions.Data)!, services => RunAsync(services, parsed.GetValue(CommonOptions.Shop)!, cancellationToken), cancellationToken,
            // Whoever begins looks here for what can be filmed.
            begins: true));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, string shop, CancellationToken cancellationToken)
    {
        var storefront = services.GetRequiredService<Shops>().Get(shop);
        string? cursor = null;
        do
        {
            var page = await storefront.ListAsync(new ProductQuery(Take: 250, Cursor: cursor), cancellationToken);
            foreach (var product in page.Products)
                Console.WriteLine(LineOf(product));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        // Beside the list, which scripts read: what is not in it, and why.
        if (storefront is IReportProblems reporter)
        {
            foreach (var problem in await reporter.ReportAsync(cancellationToken))
                await Console.Error.WriteLineAsync(Screen.Plain(problem.Text));
        }

        return 0;
    }

    internal static string LineOf(ListedProduct product) => Screen.Cells(product.Ref.ProductId, $"{product.Images.Count}", product.Title);
}
