using ProductVideo.Storefronts;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts;

public sealed class SteadyWalkTests
{
    private readonly List<string> _list = [.. Enumerable.Range(1, 250).Select(i => $"{i}")];
    private readonly HashSet<string> _unreadable = [];
    private int _asked;
    private bool _counts;

    private SteadyWalk<string> Walk => new(
        (offset, size, _) =>
        {
            _asked++;
            return Task.FromResult<WalkRows<string>>(new([.. _list.Skip(offset).Take(size).Where(id => !_unreadable.Contains(id))], _counts ? _list.Count : null));
        },
        id => id, WalkPlace.IsBefore, () => new InvalidOperationException("not in order"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task what_was_removed_before_leaves_nothing_out_and_gives_nothing_twice()
    {
        var (first, next) = await Walk.TakeAsync(null, 120, Token);
        _list.RemoveRange(10, 110);
        var (rest, end) = await Walk.TakeAsync(next, 250, Token);

        first.Concat(rest).ShouldBe(Enumerable.Range(1, 250).Select(i => $"{i}"));
        end.ShouldBeNull();
    }

    [Theory]
    [InlineData("2147483647.1", 2)]
    [InlineData("2147483647.250", 251)]
    public async Task a_place_that_somebody_made_up_asks_the_shop_a_few_times_only(string cursor, int first)
    {
        var (rows, _) = await Walk.TakeAsync(WalkPlace.Read(cursor, _ => true), 50, Token);
        rows.ShouldBe(Enumerable.Range(first, 250).Where(i => i <= 250).Take(50).Select(i => $"{i}"));
        _asked.ShouldBeLessThan(40);
    }

    /// <summary>Single ones, those on which a step would begin, whole pages, the first and the last.</summary>
    [Theory]
    [InlineData(40, new[] { 7, 41, 42, 120, 200 })]
    [InlineData(40, new[] { 1, 2, 3, 250 })]
    [InlineData(1, new[] { 2, 3, 4, 5, 90 })]
    [InlineData(100, new[] { 99, 100, 101, 102, 103 })]
    [InlineData(250, new[] { 100, 199, 200 })]
    [InlineData(2, new int[0])]
    public async Task what_the_shop_can_not_read_ends_no_walk(int take, int[] unreadable)
    {
        (await WalkedAsync(take, unreadable)).ShouldBe(Readable(unreadable));
        _asked.ShouldBeLessThan(5 * (250 / take) + 10);
    }

    [Theory]
    [InlineData(1, 1, 99)]
    [InlineData(1, 2, 248)]
    [InlineData(40, 30, 205)]
    [InlineData(100, 101, 240)]
    [InlineData(250, 1, 250)]
    public async Task not_even_a_long_row_of_it_does(int take, int first, int last)
    {
        int[] unreadable = [.. Enumerable.Range(first, last - first + 1)];
        (await WalkedAsync(take, unreadable)).ShouldBe(Readable(unreadable));
    }

    [Fact]
    public async Task one_on_which_a_step_begins_that_can_not_be_read_any_more_hides_none()
    {
        _counts = true;
        var (first, next) = await Walk.TakeAsync(null, 120, Token);
        _unreadable.UnionWith(Enumerable.Range(90, 31).Select(i => $"{i}"));
        _list.RemoveRange(0, 20);
        var (rest, _) = await Walk.TakeAsync(next, 250, Token);
        first.Concat(rest).ShouldBe(Enumerable.Range(1, 250).Select(i => $"{i}"));
    }

    private static IEnumerable<string> Readable(int[] unreadable) => Enumerable.Range(1, 250).Except(unreadable).Select(i => $"{i}");

    private async Task<List<string>> WalkedAsync(int take, int[] unreadable)
    {
        _counts = true;
        _unreadable.UnionWith(unreadable.Select(i => $"{i}"));
        var all = new List<string>();
        WalkPlace? at = null;
        do
        {
            (var rows, at) = await Walk.TakeAsync(at, take, Token);
            all.AddRange(rows);
        }
        while (at is not null);
        return all;
    }

    [Fact]
    public async Task a_list_in_another_order_is_refused()
    {
        _list.Reverse();
        await Should.ThrowAsync<InvalidOperationException>(() => Walk.TakeAsync(null, 50, Token));
    }

    [Theory]
    [InlineData("9", "10", true)]
    [InlineData("prod_01A", "prod_01B", true)]
    [InlineData("10", "9", false)]
    public void ids_stand_as_the_shop_sorts_them(string id, string other, bool before) => WalkPlace.IsBefore(id, other).ShouldBe(before);

    [Theory]
    [InlineData("1")]
    [InlineData("x.1")]
    [InlineData("1.2.3")]
    [InlineData("-1.2")]
    public void a_cursor_of_another_form_is_none(string cursor) => WalkPlace.Read(cursor, _ => true).ShouldBeNull();
}
