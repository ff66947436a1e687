using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ProductVideo.Catalog;
using ProductVideo.Storefronts.Medusa;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>What the plugin promises beyond the suite, on a real Medusa.</summary>
[Collection(nameof(Medusa))]
public sealed class MedusaPluginTests(Medusa medusa) : IDisposable
{
    private readonly HttpClient _admin = medusa.Admin();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _admin.Dispose();

    [Fact]
    public async Task several_servers_that_put_one_clip_on_at_once_leave_one_clip_and_one_file()
    {
        var product = await medusa.AddProductAsync("Bowl of several");
        var all = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PutAsync(product, "several-1")));
        all.Count(answer => !answer["was_there"]!.GetValue<bool>()).ShouldBe(1);
        all.Select(answer => (string?)answer["video"]!["file"]).Distinct().ShouldHaveSingleItem();
        (await medusa.VideosAsync(product)).Count.ShouldBe(1);
        medusa.FilesOf("several-1").Count.ShouldBe(2);
        await medusa.RemoveAsync(product);
    }

    [Fact]
    public async Task different_clips_that_are_put_on_at_once_are_all_there()
    {
        var product = await medusa.AddProductAsync("Bowl of many");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => PutAsync(product, $"many-{i}")));
        (await medusa.VideosAsync(product)).Select(video => (string)video!["key"]!).ShouldBe(Enumerable.Range(0, 6).Select(i => $"many-{i}"), ignoreOrder: true);
        await medusa.RemoveAsync(product);
    }

    [Fact]
    public async Task clips_of_more_products_at_once_than_the_shop_has_connections_let_it_go_on_working()
    {
        var products = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => medusa.AddProductAsync($"Bowl of a crowd, no. {i}")));
        var puts = products.Select((product, i) => PutAsync(product, $"crowd-{i}")).ToList();
        (await Task.WhenAll(puts).WaitAsync(TimeSpan.FromSeconds(100), Token)).ShouldAllBe(answer => !answer["was_there"]!.GetValue<bool>());
        foreach (var product in products)
            (await medusa.VideosAsync(product)).Count.ShouldBe(1);
        await Task.WhenAll(products.Select(medusa.RemoveAsync)).WaitAsync(TimeSpan.FromSeconds(100), Token);
    }

    [Fact]
    public async Task what_the_merchant_keeps_in_metadata_stays_to_the_letter()
    {
        var product = await medusa.AddProductAsync("Bowl with notes", new JsonObject { ["care"] = "by hand", ["of_another_plugin"] = new JsonArray(1, 2) });
        var before = (await medusa.ListedAsync(product))["metadata"]!.ToJsonString();
        await PutAsync(product, "notes-1");
        ((string?)(await medusa.ListedAsync(product))["metadata"]!["care"]).ShouldBe("by hand");
        await DeleteAsync(product, "notes-1");
        (await medusa.ListedAsync(product))["metadata"]!.ToJsonString().ShouldBe(before);
        medusa.FilesOf("notes-1").ShouldBeEmpty();
        await medusa.RemoveAsync(product);
    }

    [Fact]
    public async Task a_shoppers_program_finds_all_that_a_player_needs()
    {
        var product = await medusa.AddProductAsync("Bowl to look at");
        await PutAsync(product, "look-1", ai: true);
        var video = (await medusa.VideosAsync(product)).ShouldHaveSingleItem()!;
        ((string?)video["mime"], (int?)video["width"], (int?)video["height"], (double?)video["seconds"], (string?)video["alt"], (bool?)video["made_with_ai"])
            .ShouldBe(("video/mp4", 720, 1280, 5.25, "It turns – once.", true));
        using var shopper = new HttpClient();
        (await shopper.GetByteArrayAsync((string)video["url"]!, Token)).ShouldBe(BytesOf("look-1"));
        using var poster = await shopper.GetAsync((string)video["poster"]!, Token);
        poster.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        using var part = await shopper.SendAsync(new HttpRequestMessage(HttpMethod.Get, (string)video["url"]!) { Headers = { Range = new(0, 99) } }, Token);
        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent, "iPhones ask for parts");
        await medusa.RemoveAsync(product);
    }

    [Fact]
    public async Task our_own_writes_are_not_told_as_changes()
    {
        var product = await medusa.AddProductAsync("Bowl of silence");
        await medusa.CallAsync("product.created", product);
        await PutAsync(product, "silence-1");
        await DeleteAsync(product, "silence-1");
        await medusa.EditAsync(product, new { title = "Bowl that speaks" });
        await medusa.CallAsync("product.updated", product);
        medusa.HeardOf(product).ShouldBe(["product.created", "product.updated"]);
        await medusa.RemoveAsync(product);
    }

    [Fact]
    public async Task the_files_of_a_product_that_is_deleted_go_with_it()
    {
        var product = await medusa.AddProductAsync("Bowl that breaks");
        await PutAsync(product, "breaks-1");
        await medusa.RemoveAsync(product);
        var call = await medusa.CallAsync("product.deleted", product);
        Medusa.Open(medusa.Options).Read(call).ShouldBeOfType<ShopNews.ProductsRemoved>().ProductIds.ShouldBe([product]);
        medusa.FilesOf("breaks-1").ShouldBeEmpty();
        (await DeleteAsync(product, "breaks-1")).ShouldBeTrue();
        (await DeleteAsync("prod_01ARZ3NDEKTSV4RRFFQ69G5FAV", "breaks-1")).ShouldBeFalse();
    }

    [Fact]
    public async Task a_clip_whose_files_can_not_be_deleted_just_now_is_taken_off_with_them_by_the_next_try()
    {
        var product = await medusa.AddProductAsync("Bowl that clings");
        await PutAsync(product, "clings-1");
        // A folder is what the shop's file storage can't delete.
        var clip = medusa.FilesOf("clings-1").Single(file => file.EndsWith(".mp4", StringComparison.Ordinal));
        File.Delete(clip);
        Directory.CreateDirectory(clip);
        using var refused = await _admin.DeleteAsync($"{Root}{Videos(product)}/clings-1", Token);
        refused.IsSuccessStatusCode.ShouldBeFalse();
        (await medusa.VideosAsync(product)).ShouldHaveSingleItem();

        Directory.Delete(clip);
        await File.WriteAllBytesAsync(clip, BytesOf("clings-1"), Token);
        (await DeleteAsync(product, "clings-1")).ShouldBeTrue();
        (await medusa.VideosAsync(product)).ShouldBeEmpty();
        medusa.FilesOf("clings-1").ShouldBeEmpty();
        await medusa.RemoveAsync(product);
    }

    [Fact]
    public async Task of_several_orders_those_that_came_after_a_problem_of_the_connection_are_counted_as_not_tried()
    {
        await medusa.ConnectAsync("");
        using var answer = await _admin.PostAsJsonAsync($"{Root}/generate", new { products = new[] { "prod_1", "prod_2", "prod_3" } }, Token);
        await medusa.ConnectAsync();
        var told = (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!;
        ((int)told["ordered"]!, told["failed"]!.AsArray().Count, (int)told["untried"]!).ShouldBe((0, 1, 2));
    }

    [Fact]
    public async Task nobody_gets_in_who_may_not_into_the_admin()
    {
        using var nobody = new HttpClient { BaseAddress = medusa.Address };
        using var shopper = medusa.Store();
        foreach (var client in new[] { nobody, shopper })
        {
            foreach (var (method, path) in new[] { ("GET", "/status"), ("GET", Videos(medusa.Products[0])), ("PUT", Videos(medusa.Products[0]) + "/k"), ("DELETE", Videos(medusa.Products[0]) + "/k"), ("POST", "/generate"), ("POST", $"/products/{medusa.Products[0]}/generate") })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), Root + path) { Content = method is "PUT" ? Form("k") : null };
                using var answer = await client.SendAsync(request, Token);
                answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {path}");
            }
        }

        (await medusa.VideosAsync(medusa.Products[0])).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("width", "key")]
    [InlineData("height", "key")]
    [InlineData("seconds", "key")]
    [InlineData("clip", "key")]
    [InlineData("key", "Key_1")]
    public async Task what_is_no_video_is_refused_by_its_field(string field, string key)
    {
        using var form = Form(key, without: field);
        using var answer = await _admin.PutAsync($"{Root}{Videos(medusa.Products[0])}/{key}", form, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!["field"]).ShouldBe(field);
        (await medusa.VideosAsync(medusa.Products[0])).ShouldBeEmpty();
    }

    [Fact]
    public async Task an_admin_user_may_connect_it_instead_of_a_key()
    {
        var options = new MedusaOptions { Shop = Medusa.Shop, Url = medusa.Address, Email = Medusa.Email, Password = Medusa.Password };
        (await Medusa.Open(options).ReadAsync(medusa.Products[0], Token)).ShouldNotBeNull().Title.ShouldBe("Stoneware mug");
        options.Password = "of yesterday";
        (await Should.ThrowAsync<StorefrontException>(() => Medusa.Open(options).ReadAsync(medusa.Products[0], Token))).Fault.ShouldBe(StorefrontFault.Unauthorised);
    }

    [Fact]
    public async Task prices_come_in_the_currency_and_drafts_are_not_published()
    {
        var product = await medusa.AddProductAsync("Bowl for a price");
        await medusa.EditAsync(product, new { status = "draft" });
        var listed = (await Medusa.Open(medusa.Options).ReadAsync(product, Token)).ShouldNotBeNull();
        (listed.IsPublished, listed.Price).ShouldBe((false, new Spending.Money(19.5m, "EUR")));
        listed.Variants.Select(variant => variant.Options["Color"]).ShouldBe(["Sage", "Ink"], ignoreOrder: true, customMessage: "Medusa does not say which was first");
        listed.Attributes["material"].ShouldBe("Stoneware");
        await medusa.RemoveAsync(product);
    }

    private const string Root = "/admin/product-video";

    private static string Videos(string product) => $"/products/{product}/videos";

    private static byte[] BytesOf(string key) => [.. "\0\0\0\u0018ftypmp42"u8, .. System.Text.Encoding.ASCII.GetBytes(key), .. new byte[5000]];

    private static MultipartFormDataContent Form(string key, string? without = null, bool ai = false)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in new[] { ("width", "720"), ("height", "1280"), ("seconds", "5.25"), ("alt", "It turns – once."), ("made_with_ai", ai ? "true" : "false") })
        {
            if (name != without)
                form.Add(new StringContent(value), name);
        }

        if (without != "clip")
            form.Add(new ByteArrayContent(BytesOf(key)), "clip", "clip.mp4");
        form.Add(new ByteArrayContent([0xFF, 0xD8, 0xFF, 0xD9]), "poster", "poster.jpg");
        return form;
    }

    private async Task<JsonObject> PutAsync(string product, string key, bool ai = false)
    {
        using var form = Form(key, ai: ai);
        using var answer = await _admin.PutAsync($"{Root}{Videos(product)}/{key}", form, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!;
    }

    private async Task<bool> DeleteAsync(string product, string key)
    {
        using var answer = await _admin.DeleteAsync($"{Root}{Videos(product)}/{key}", Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));
        return (bool)(await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!["removed"]!;
    }
}
