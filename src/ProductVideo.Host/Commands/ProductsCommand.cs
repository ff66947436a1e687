using System.CommandLine;
using ProductVideo.Catalog;
using ProductVideo.Pipeline;

namespace ProductVideo.Host.Commands;

/// <summary>Lists a shop's products, for finding their ids.</summary>
internal static class ProductsCommand
{
    public static Command Create()
    {
        var command = new Command("products", "Lists the products of a shop: id, pictures, title.") { CommonOptions.Data, CommonOptions.Shop };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(CommonOptions.Data)!, parsed.GetValue(CommonOptions.Shop)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string data, string shop, CancellationToken cancellationToken)
    {
        await using var app = ProductVideoApp.Build(data, url: null);
        var storefront = app.Services.GetRequiredService<Shops>().Get(shop);
        string? cursor = null;
        do
        {
            var page = await storefront.ListAsync(new ProductQuery(Take: 250, Cursor: cursor), cancellationToken);
            foreach (var product in page.Products)
                Console.WriteLine($"{product.Ref.ProductId}\t{product.Images.Count}\t{product.Title}");
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return 0;
    }
}
