using System.Text;
using System.Text.Json;
using ProductVideo.Exchange;
using ProductVideo.Providers.DashScope;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Exchange;

public sealed class SnakeJsonTests
{
    private sealed record Told(
        string? Id, long? Count, decimal? Amount, bool? Flag, Within? Nested, IReadOnlyList<Within>? Rows, Dictionary<string, int>? Table, JsonElement? Raw);

    private sealed record Within(int? Size, string? Name);

    private static byte[] Json(string members) => Encoding.UTF8.GetBytes("{" + members + "}");

    [Theory]
    [InlineData("count", "1743414619.5")]
    [InlineData("count", "99999999999999999999")]
    [InlineData("amount", "\"a lot\"")]
    [InlineData("amount", "1e400")]
    [InlineData("flag", "\"perhaps\"")]
    [InlineData("flag", "1")]
    [InlineData("nested", "[]")]
    [InlineData("nested", "\"text\"")]
    [InlineData("rows", "{}")]
    [InlineData("rows", "[1]")]
    [InlineData("table", "[]")]
    public void an_odd_member_hides_no_other(string member, string value)
    {
        var body = Json($"\"{member}\":{value},\"id\":\"t-1\"");
        SnakeJson.ReadTask<Told>(body).ShouldBe(new Told("t-1", null, null, null, null, null, null, null));
        SnakeJson.Read<Told>(body).ShouldBeNull();
    }

    [Fact]
    public void an_odd_member_of_a_nested_one_hides_neither_that_nor_its_neighbours()
    {
        var told = SnakeJson.ReadTask<Told>(Json("\"nested\":{\"size\":\"large\",\"name\":\"a\"},\"rows\":[{\"size\":[],\"name\":\"b\"},{\"size\":\"2\",\"name\":3}]")).ShouldNotBeNull();
        told.Nested.ShouldBe(new Within(null, "a"));
        told.Rows.ShouldBe([new Within(null, "b"), new Within(2, "3")]);
    }

    [Fact]
    public void what_is_as_documented_is_read_as_ever()
    {
        var told = SnakeJson.ReadTask<Told>(Json("\"id\":7,\"count\":\"2\",\"amount\":2.5,\"flag\":\"False\",\"table\":{\"a\":1},\"raw\":{\"b\":[true]},\"nested\":null")).ShouldNotBeNull();
        (told.Id, told.Count, told.Amount, told.Flag, told.Nested).ShouldBe(("7", 2, 2.5m, false, null));
        told.Table!["a"].ShouldBe(1);
        told.Raw!.Value.GetRawText().ShouldBe("{\"b\":[true]}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"t-1\"")]
    [InlineData("{\"id\":\"t-1\"")]
    [InlineData("{\"id\":\"t-1\",\"nested\":{\"size\":}}")]
    public void what_is_no_whole_object_is_not_read(string body) => SnakeJson.ReadTask<Told>(Encoding.UTF8.GetBytes(body)).ShouldBeNull();

    [Fact]
    public void the_id_of_a_paid_task_is_read_whatever_stands_beside_it()
    {
        var answer = TaskAnswer.Read(Json("\"output\":{\"task_status\":\"PENDING\",\"task_id\":\"t-1\",\"message\":{}},\"usage\":[],\"request_id\":5")).ShouldNotBeNull();
        (answer.Output!.TaskId, answer.Output.TaskStatus, answer.Usage).ShouldBe(("t-1", "PENDING", null));
    }

    [Theory]
    [InlineData(1_743_414_619.5, true)]
    [InlineData(1_743_414_619_000, false)]
    [InlineData(0, false)]
    [InlineData(-5, false)]
    public void seconds_that_cant_be_meant_are_no_time(double seconds, bool meant) =>
        UnixTime.Seconds((decimal)seconds).ShouldBe(meant ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : (DateTimeOffset?)null);
}
