using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.CommandLine;

/// <summary>Commands in a second terminal, on the data folder of a server that runs, and what the next start finds there.</summary>
public sealed class BesideAServerTests : IDisposable
{
    private readonly string _data = Checkout.NewFolder();
    private readonly string _shops = Checkout.NewFolder();

    public void Dispose()
    {
        Directory.Delete(_data, recursive: true);
        Directory.Delete(_shops, recursive: true);
    }

    private Task<Ended> RunAsync(params string[] arguments) => NamingAsync(folder: null, arguments);

    /// <param name="folder">The shop's; empty for the sample, null where none is named.</param>
    /// <param name="arguments">The command.</param>
    private Task<Ended> NamingAsync(string? folder, params string[] arguments) => HostProcess.RunAsync([.. arguments, "--data", _data], folder is null ? null : Naming(folder));

    private static Dictionary<string, string> Naming(string folder) => new(StringComparer.Ordinal) { ["PRODUCTVIDEO_SampleShop"] = folder };

    /// <summary>A shop of one product.</summary>
    private async Task<string> ShopAsync(string handle)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_shops, $"shop-of-{handle}")).FullName;
        File.Copy(Path.Combine(Checkout.SampleShop, "images", "terracotta-vase", "front.jpg"), Path.Combine(folder, "front.jpg"));
        await File.WriteAllTextAsync(Path.Combine(folder, "products.csv"), $"Handle,Title,Body (HTML),Image Src\n{handle},A vase,<p>A vase.</p>,front.jpg\n");
        return folder;
    }

    [Fact]
    public async Task a_command_that_names_no_folder_works_on_the_servers_and_one_that_names_another_is_refused()
    {
        var (own, other) = (await ShopAsync("blue-vase"), await ShopAsync("red-vase"));
        await using var server = await HostProcess.ServeAsync(_data, Naming(own));

        (await RunAsync("products")).Output.ShouldBe("blue-vase\t1\tA vase\n");
        var withTheServersPort = new Dictionary<string, string>(StringComparer.Ordinal) { ["Kestrel__Endpoints__Http__Url"] = server.Address };
        (await HostProcess.RunAsync(["products", "--data", _data], withTheServersPort)).ShouldBe(new Ended(0, "blue-vase\t1\tA vase\n", ""), "it listens nowhere");
        var made = await RunAsync("generate", "--product", "blue-vase", "--wait", "--publish");
        made.ExitCode.ShouldBe(0, made.Output + made.Errors);
        made.Output.ShouldContain("On its listing: /shop/sample/products/blue-vase");
        server.Output.ShouldContain($"The shop in {own} as shoppers see it: {server.Address}/shop/sample");

        foreach (var (named, said) in new[] { (other, other), ("", "the sample shop") })
        {
            var refused = await NamingAsync(named, "generate", "--product", "blue-vase", "--wait");
            (refused.ExitCode, refused.Output).ShouldBe((2, ""), refused.Errors);
            refused.Errors.ShouldStartWith($"A server of the data folder {_data} is running at {server.Address} and serves {own}; PRODUCTVIDEO_SampleShop names {said}. ");
        }

        (await NamingAsync(other, "stop", "--shop", "sample")).ExitCode.ShouldBe(0, "a stop waits for nothing");
        (await RunAsync("products")).Output.ShouldStartWith("blue-vase\t");
    }

    [Fact]
    public async Task the_products_of_another_folder_take_the_place_of_those_before_and_the_folder_is_kept()
    {
        var own = await ShopAsync("blue-vase");
        (await PlannedAsync(folder: null)).Count.ShouldBe(13);
        (await PlannedAsync(own)).ShouldHaveSingleItem().ShouldContain("\tblue-vase\t");
        (await PlannedAsync(folder: null)).ShouldHaveSingleItem().ShouldContain("\tblue-vase\t");

        Directory.Delete(own, recursive: true);
        var gone = await RunAsync("products");
        (gone.ExitCode, gone.Output).ShouldBe((2, ""));
        gone.Errors.ShouldContain($"Path points to {own}, which is not a folder.");
        gone.Errors.ShouldContain("It is the folder that was served last. Bring it back, name another with PRODUCTVIDEO_SampleShop=FOLDER");
        (await RunAsync("stop")).ExitCode.ShouldBe(0);

        (await PlannedAsync("")).Count.ShouldBe(13);
        (await RunAsync("products")).Output.ShouldContain("stoneware-mug\t");
    }

    [Fact]
    public async Task what_is_for_a_backup_that_was_put_back_does_nothing_beside_a_server()
    {
        await using var server = await HostProcess.ServeAsync(_data);
        (await RunAsync("generate", "--product", "stoneware-mug", "--wait")).Output.ShouldContain("AwaitingReview");

        var refused = await RunAsync("restored");
        (refused.ExitCode, refused.Output).ShouldBe((2, ""));
        refused.Errors.ShouldStartWith($"A server of this data folder is running at {server.Address}. Stop the server first");
        // What was marked would not be published without another look.
        (await RunAsync("generate", "--product", "stoneware-mug", "--wait", "--publish")).Output.ShouldContain("On its listing: ");

        (await server.StopAsync()).ShouldBe(0);
        (await RunAsync("restored")).ExitCode.ShouldBe(0);
    }

    /// <summary>The lines of what a backfill would make of the catalogue, a product each.</summary>
    private async Task<IReadOnlyList<string>> PlannedAsync(string? folder)
    {
        if (!File.Exists(Path.Combine(_data, "productvideo.db")))
            await HostProcess.BeginAsync(_data);
        var planned = await NamingAsync(folder, "backfill", "plan", "--provider", "local", "--list");
        planned.ExitCode.ShouldBe(0, planned.Output + planned.Errors);
        return [.. planned.Output.Split('\n').Where(line => line.StartsWith("item\t", StringComparison.Ordinal))];
    }
}
