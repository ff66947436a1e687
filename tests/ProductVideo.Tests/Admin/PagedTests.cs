using ProductVideo.Admin.Layout;
using ProductVideo.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class PagedTests
{
    private readonly Paged<string> _list = new(item => item);
    private readonly Held _held = new();

    [Fact]
    public async Task a_second_wish_for_more_does_nothing_while_the_first_is_followed()
    {
        await _list.ResetAsync(Of("a", "b", "c"));

        var held = _held.Hold();
        var first = _list.MoreAsync();
        _list.IsReadingMore.ShouldBeTrue();
        (await _list.MoreAsync()).ShouldBeFalse();
        held.SetResult();

        (await first).ShouldBeTrue();
        _list.Items.ShouldBe(["a", "b", "c"]);
        (_list.HasMore, _list.IsReadingMore).ShouldBe((false, false));
    }

    [Fact]
    public async Task what_another_list_answers_late_is_dropped()
    {
        var held = _held.Hold();
        var left = _list.ResetAsync(Of("a", "b", "c"));
        await _list.ResetAsync(Of("x"));
        held.SetResult();

        (await left).ShouldBeFalse();
        _list.Items.ShouldBe(["x"]);
        _list.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task so_is_what_it_refuses_late_and_what_went_on_with_it()
    {
        await _list.ResetAsync(Of("a", "b", "c"));
        var held = _held.Hold();
        var more = _list.MoreAsync();
        await _list.ResetAsync(Of("x"));
        held.SetException(new RefusedException(RefusalKind.Invalid, new Problem("away", "It is away.", "away")));

        (await more).ShouldBeFalse();
        _list.Items.ShouldBe(["x"]);
        _list.IsReadingMore.ShouldBeFalse();
    }

    [Fact]
    public async Task a_refusal_of_what_is_asked_for_is_told()
    {
        var held = _held.Hold();
        var asked = _list.ResetAsync(Of("a"));
        held.SetException(new RefusedException(RefusalKind.Invalid, new Problem("away", "It is away.", "away")));

        await Should.ThrowAsync<RefusedException>(asked);
        (await _list.ResetAsync(Of("a"))).ShouldBeTrue();
    }

    [Fact]
    public async Task a_look_meanwhile_takes_nothing_away_again()
    {
        var all = new List<string> { "b", "c", "d", "e" };
        await _list.ResetAsync(From(all));

        var held = _held.Hold();
        var more = _list.MoreAsync();
        var look = _list.LookAsync();
        all.Insert(0, "a");
        held.SetResult();
        await Task.WhenAll(more, look);

        _list.Items.ShouldBe(["a", "b", "c", "d"]);
        await _list.MoreAsync();
        _list.Items.ShouldBe(["a", "b", "c", "d", "e"]);
    }

    [Fact]
    public async Task nothing_is_shown_twice_where_a_list_moved_on_between_two_pages()
    {
        await _list.ResetAsync(_ => Task.FromResult(new Part<string>(["a", "b"], () => Task.FromResult(new Part<string>(["b", "c"], Next: null)))));

        await _list.MoreAsync();

        _list.Items.ShouldBe(["a", "b", "c"]);
    }

    private Func<int, Task<Part<string>>> Of(params string[] all) => From(all);

    /// <summary>Pages of two.</summary>
    private Func<int, Task<Part<string>>> From(IReadOnlyList<string> all) => shown => Part.ReadAsync<string>(
        async (after, take) =>
        {
            await _held.PassAsync();
            return [.. all.SkipWhile(item => after is not null && string.CompareOrdinal(item, after) <= 0).Take(take)];
        },
        size: 2,
        shown);

    /// <summary>Lets nobody pass who comes next, until it is let go.</summary>
    private sealed class Held
    {
        private TaskCompletionSource? _next;

        public TaskCompletionSource Hold() => _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task PassAsync() => Interlocked.Exchange(ref _next, null)?.Task ?? Task.CompletedTask;
    }
}
