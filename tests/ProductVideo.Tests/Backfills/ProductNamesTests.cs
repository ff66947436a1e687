using System.Text;
using ProductVideo.Backfills;
using ProductVideo.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class ProductNamesTests
{
    private static async Task<IReadOnlyList<string>> ReadAsync(string text, Encoding? encoding = null)
    {
        await using var file = new MemoryStream([.. (encoding ?? Encoding.UTF8).GetPreamble(), .. (encoding ?? Encoding.UTF8).GetBytes(text)]);
        return await ProductNames.ReadAsync(file, CancellationToken.None);
    }

    [Theory]
    [InlineData("id\nmug\nvase\n")]
    [InlineData("Handle\r\nmug\r\nvase")]
    [InlineData("title,Product\n\"A mug, blue\",mug\n\"A \"\"big\"\"\nvase\",vase\n")]
    [InlineData("ID;title\nmug;A mug, blue\nvase;A vase\n")]
    [InlineData("title\tproduct_id\nA mug\tmug\nA vase\tvase\n")]
    [InlineData("Handle,Title\nmug,A mug\nmug,\n,\n\nvase,A vase\n")]
    [InlineData("\tid\ttitle\n0\tmug\tA mug\n1\tvase\tA vase\n")]
    [InlineData(" \r\n\t\r\nid\r\nmug\r\nvase\r\n")]
    [InlineData("  [\"mug\", \"vase\", \"mug\"]")]
    [InlineData("[{\"id\":\"mug\",\"title\":\"A mug\"},{\"Id\":\"vase\"}]")]
    [InlineData("[{\"handle\":\"mug\"},\"vase\",]")]
    public async Task a_list_is_read_whatever_program_wrote_it(string text)
    {
        (await ReadAsync(text)).ShouldBe(["mug", "vase"]);
        (await ReadAsync(text, Encoding.Unicode)).ShouldBe(["mug", "vase"]);
    }

    [Fact]
    public async Task numbers_are_ids_as_they_are_written() => (await ReadAsync("[{\"id\":10000000000000001},42]")).ShouldBe(["10000000000000001", "42"]);

    [Fact]
    public async Task the_shops_id_counts_before_a_handle() => (await ReadAsync("handle,product_id\nmug,17\n")).ShouldBe(["17"]);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("id\n", "no products")]
    [InlineData("[]", "no products")]
    [InlineData("title,price\nA mug,3\n", "first row")]
    [InlineData("{\"products\":[\"mug\"]}", "no array")]
    [InlineData("[\"mug\",\n", "line 2")]
    [InlineData("\n\n[\"mug\",\n", "line 4")]
    [InlineData("[\"mug\",{\"title\":\"A vase\"}]", "Entry 2")]
    [InlineData("[null]", "Entry 1")]
    [InlineData("[[\"mug\"]]", "Entry 1")]
    [InlineData("[\"mug\",\"\\ud800\"]", "Entry 2")]
    [InlineData("[{\"\\udc00\":1,\"id\":\"mug\"}]", "Entry 1")]
    [InlineData("id,title\nmug,\"A mug\nvase,A vase\n", "Row")]
    public async Task what_is_no_list_is_refused_with_the_place(string text, string place)
    {
        var refused = await Should.ThrowAsync<RefusedException>(() => ReadAsync(text));
        (refused.Kind, refused.Field, refused.Problem.Code).ShouldBe((RefusalKind.Invalid, "products", "invalid_products"));
        refused.Problem.MerchantText.ShouldContain(place);
    }

    [Fact]
    public async Task a_hundred_thousand_rows_are_read() =>
        (await ReadAsync("id\n" + string.Join('\n', Enumerable.Range(0, 100_000)))).Count.ShouldBe(100_000);
}
