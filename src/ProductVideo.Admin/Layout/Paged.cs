namespace ProductVideo.Admin.Layout;

/// <summary>A list on a page, shown as far as it was read. What is answered to a question that nobody asks any more is dropped.</summary>
/// <param name="key">Tells the items apart; of two with the same key the first is shown.</param>
internal sealed class Paged<T>(Func<T, object> key)
{
    private Func<int, Task<Part<T>>>? _read;
    private Func<Task<Part<T>>>? _next;
    private Task _reading = Task.CompletedTask;
    private int _asked;

    /// <summary>null until something was read.</summary>
    public IReadOnlyList<T>? Items { get; private set; }

    /// <summary>Whether there is more than is shown.</summary>
    public bool HasMore => _next is not null;

    /// <summary>Whether <see cref="MoreAsync"/> is under way.</summary>
    public bool IsReadingMore { get; private set; }

    /// <summary>Shows nothing until <see cref="ResetAsync"/>.</summary>
    public void Clear()
    {
        Forget();
        (_read, Items) = (null, null);
    }

    /// <summary>Shows another list in the place of this one, which stands until the other is there.</summary>
    /// <param name="read">Reads it from the start, so many at least.</param>
    /// <returns>Whether it is shown; not if something else was asked for meanwhile.</returns>
    public Task<bool> ResetAsync(Func<int, Task<Part<T>>> read)
    {
        Forget();
        _read = read;
        return InTurnAsync(() => () => read(0), before: []);
    }

    /// <summary>Reads again as many as are shown, so that a page that was loaded later does not vanish.</summary>
    /// <returns>Whether it was; not before something is shown.</returns>
    public Task<bool> LookAsync() => InTurnAsync(() => _read is { } read && Items is { Count: var shown } ? () => read(shown) : null, before: []);

    /// <summary>Shows the next page too. While that is read, a second call does nothing.</summary>
    /// <returns>Whether it is shown.</returns>
    public async Task<bool> MoreAsync()
    {
        if (IsReadingMore)
            return false;
        var asked = _asked;
        IsReadingMore = true;
        try
        {
            return await InTurnAsync(() => _next, before: null);
        }
        finally
        {
            if (asked == _asked)
                IsReadingMore = false;
        }
    }

    private void Forget()
    {
        _asked++;
        (_next, _reading, IsReadingMore) = (null, Task.CompletedTask, false);
    }

    /// <summary>Two reads at a time would each go on from a list that the other changes.</summary>
    /// <param name="turn">What to read once it is its turn; null for nothing.</param>
    /// <param name="before">What stands before it; null for what is shown.</param>
    private async Task<bool> InTurnAsync(Func<Func<Task<Part<T>>>?> turn, IReadOnlyList<T>? before)
    {
        var (asked, earlier, done) = (_asked, _reading, new TaskCompletionSource());
        _reading = done.Task;
        try
        {
            await earlier;
            if (asked != _asked || turn() is not { } read)
                return false;
            var part = await read();
            if (asked != _asked)
                return false;
            Items = [.. (before ?? Items ?? []).Concat(part.Items).DistinctBy(key)];
            _next = part.Next;
            return true;
        }
        catch (Exception e) when (asked != _asked && Told.Of(e) is not null)
        {
            return false;
        }
        finally
        {
            done.SetResult();
        }
    }
}
