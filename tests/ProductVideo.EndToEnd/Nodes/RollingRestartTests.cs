using System.Buffers.Binary;
using Npgsql;
using ProductVideo.Clips;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Replicate;
using ProductVideo.EndToEnd.Hosts;
using ProductVideo.EndToEnd.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Nodes;

/// <summary>Two nodes that do everything, without a leader: either may go at any time.</summary>
public sealed class RollingRestartTests(SharedStores stores) : IClassFixture<SharedStores>
{
    private static readonly string[] Products = ["stoneware-mug", "night-repair-serum", "leder-notizbuch", "scented-candle", "olive-soap", "oak-board", "enamel-pot"];

    [Fact]
    public async Task one_node_stopped_and_the_other_killed_in_mid_run_lose_nothing_and_pay_nothing_twice()
    {
        await using var fake = new FakeReplicate { Clip = await TestClip.MakeAsync(size: "320x320") };
        await fake.StartAsync();
        await using var installation = await stores.NewInstallationAsync();
        UseProvider(installation, fake);
        // The listing is in this folder, as a shop would be one for both.
        var first = await installation.StartAsync("nodes");
        var second = await installation.StartAsync("nodes");
        var orders = new List<Guid>();
        var waiting = new Queue<string>(Products);
        async Task OrderAsync(NodeClient node, int count)
        {
            for (var i = 0; i < count; i++)
                orders.Add(await node.OrderAsync(waiting.Dequeue(), "replicate"));
        }

        using (var atFirst = await installation.ClientAsync(first))
            await OrderAsync(atFirst, 2);
        using (var atSecond = await installation.ClientAsync(second))
        {
            await atSecond.WatchAsync(orders[^1], "Rendering");
            var stopping = first.StopAsync();
            await OrderAsync(atSecond, 1);
            (await stopping).ShouldBe(0, first.Output);
        }

        first = await installation.StartAsync("nodes");
        using var client = await installation.ClientAsync(first);
        await OrderAsync(client, 2);
        // All that is under way is ready now, and is brought home and attached by either node.
        fake.FinishesAtOnce = true;
        foreach (var task in fake.Tasks)
            fake.Finish(task.Id);
        await client.WatchAsync(orders[^1], "Publishing");
        await second.KillAsync();
        await OrderAsync(client, Products.Length - orders.Count);
        second = await installation.StartAsync("nodes");

        foreach (var order in orders)
        {
            // What began before it could be told that it is ready.
            foreach (var task in fake.Tasks)
                fake.Finish(task.Id);
            var ended = await client.WatchAsync(order, "Published");
            NodeClient.StateOf(ended).ShouldBe("Published", first.Output + second.Output);
            // As its provider gave it, with the mark behind; signing it moved its pictures and changed none.
            var clip = await client.Http.GetByteArrayAsync($"/api/v1/clips/{order}/video.mp4", TestContext.Current.CancellationToken);
            clip.AsSpan().EndsWith(AiMark.Mp4Box()).ShouldBeTrue();
            clip.AsSpan().IndexOf(AiMark.C2paBox).ShouldBePositive();
            clip.AsSpan().IndexOf(PicturesOf(fake.Clip)).ShouldBePositive();
        }

        (fake.Submits, fake.Tasks.Count).ShouldBe((Products.Length, Products.Length));
        Directory.EnumerateFiles(installation.Folder("nodes/shops/sample"), "*.mp4", SearchOption.AllDirectories).Count().ShouldBe(Products.Length);
        await ShouldBeInTheBooksAsync(installation.Database);
    }

    [Fact]
    public async Task a_backfill_goes_on_where_a_killed_node_left_it_and_costs_what_was_agreed_to_the_cent()
    {
        await using var fake = new FakeReplicate { Clip = await TestClip.MakeAsync(size: "320x320") };
        await fake.StartAsync();
        await using var installation = await stores.NewInstallationAsync();
        UseProvider(installation, fake);
        // So few that both nodes meet it in mid-run.
        installation.Set("Backfills__Ahead", "2");
        var first = await installation.StartAsync("nodes");
        var second = await installation.StartAsync("nodes");
        using var client = await installation.ClientAsync(first);

        var recipe = new { providers = new[] { new { provider = "replicate" } }, aspects = new[] { "1:1" }, seconds = 5 };
        var draft = await client.PostAsync("/api/v1/shops/sample/backfills", new { name = "Kitchen and more", products = Products, recipe, autoApprove = true });
        var address = $"/api/v1/shops/sample/backfills/{draft.GetProperty("id").GetGuid()}";
        await client.PostAsync(address + "/quote", new { });
        var quoted = await client.WatchAsync(address, backfill => NodeClient.StateOf(backfill) == "quoted");
        var price = quoted.GetProperty("quote").GetProperty("prices");
        price.ToString().ShouldContain("3.5");
        fake.FinishesAtOnce = true;
        await client.PostAsync(address + "/start", new { prices = price });
        await client.WatchAsync(address, backfill => backfill.GetProperty("progress").GetProperty("atRest").GetInt32() >= 1);
        await second.KillAsync();
        second = await installation.StartAsync("nodes");
        (await first.StopAsync()).ShouldBe(0, first.Output);

        using var other = await installation.ClientAsync(second);
        var ended = await other.WatchAsync(address, _ => false);
        NodeClient.StateOf(ended).ShouldBe("done", second.Output);
        var counts = ended.GetProperty("progress").GetProperty("counts").EnumerateArray().Select(count => (NodeClient.StateOf(count), count.GetProperty("count").GetInt32()));
        counts.ShouldBe([("published", Products.Length)], ended.ToString());
        (fake.Submits, fake.Tasks.Count).ShouldBe((Products.Length, Products.Length));
        Directory.EnumerateFiles(installation.Folder("nodes/shops/sample"), "*.mp4", SearchOption.AllDirectories).Count().ShouldBe(Products.Length);
        await ShouldBeInTheBooksAsync(installation.Database);
    }

    /// <summary>What lies between the first box of the file and its index.</summary>
    private static ReadOnlySpan<byte> PicturesOf(byte[] clip) => clip.AsSpan(BinaryPrimitives.ReadInt32BigEndian(clip)..(clip.AsSpan().LastIndexOf("moov"u8) - 4));

    /// <summary>A provider whose list shows what we sent with a task, so that a submit cut off by a kill can be found again.</summary>
    private static void UseProvider(Installation installation, FakeReplicate fake)
    {
        installation.Set("Replicate__ApiKey", FakeProvider.ApiKey);
        installation.Set("Replicate__BaseAddress", new Uri(fake.Address, "/v1").AbsoluteUri);
        installation.Set("Replicate__Models__0__Id", FakeReplicate.Model);
        installation.Set("Replicate__Models__0__Seconds__0", "5");
        installation.Set("Replicate__Models__0__PricePerSecond__any", "0.1");
        installation.Set("Replicate__PriceDate", "2026-11-01");
        installation.Set("Pipeline__LoopbackAllowed__0", fake.Address.Authority);
        // One clip stands for all products here.
        installation.Set("Pipeline__CompareWithPictures", "false");
        // A killed node's claims end after the lease; a submit that it left behind is looked for after the settle time.
        installation.Set("Pipeline__Lease", "00:00:21");
        installation.Set("Pipeline__Settle", "00:00:03");
        installation.Set("Submit__Timeout", "00:00:10");
        installation.Set("Submit__ConnectTimeout", "00:00:03");
    }

    /// <summary>Each order has its task, is settled once at its price, and holds nothing.</summary>
    private static async Task ShouldBeInTheBooksAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var books = new NpgsqlCommand(
            """
            SELECT count(DISTINCT "RemoteId"), count(*), (SELECT count(*) FROM spend_entries WHERE "Spent" > 0),
                   (SELECT sum("Spent") FROM spend_entries)::bigint, (SELECT sum("Held") FROM spend_entries)::bigint
            FROM generations
            """, connection);
        await using var row = await books.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        (await row.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
        var price = 5 * 100_000L;
        Enumerable.Range(0, 5).Select(row.GetInt64).ShouldBe([Products.Length, Products.Length, Products.Length, Products.Length * price, 0]);
    }
}
