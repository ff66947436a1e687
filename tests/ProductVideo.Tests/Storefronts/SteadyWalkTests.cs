using ProductVideo.Storefronts;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts;

public sealed class SteadyWalkTests
{
    private readonly List<string> _list = [.. Enumerable.Range(1, 250).Select(i => $"{i}")];
    private int _asked;

    private SteadyWalk<string> Walk => new(
        (offset, size, _) =>
        {
            _asked++;
            return Task.FromResult<IReadOnlyList<string>>([.. _list.Skip(offset).Take(size)]);
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
