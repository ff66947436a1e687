namespace ProductVideo.Providers.Seedance;

/// <summary>
/// One question for the list after the other, a second apart, whoever asks: searches side by side, the pages of one, a probe. Ark takes one a
/// second of an account, and who is refused for that looks again later and meets the same.
/// </summary>
internal sealed class SeedanceListTurns(TimeProvider clock)
{
    /// <summary>A little more than the second that Ark counts.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1.1);

    private readonly SemaphoreSlim _turn = new(1);
    private long? _last;

    /// <summary>Asks when it is its turn.</summary>
    public async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_last is { } last && Apart - clock.GetElapsedTime(last) is var left && left > TimeSpan.Zero)
                await Task.Delay(left, clock, cancellationToken);
            try
            {
                return await ask();
            }
            finally
            {
                // Counted from the end of it: when it arrived there nobody knows.
                _last = clock.GetTimestamp();
            }
        }
        finally
        {
            _turn.Release();
        }
    }
}
