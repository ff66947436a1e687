namespace ProductVideo.Admin.Layout;

/// <summary>
/// Reads again what takes long to read: once at a time, and for a fifth of the time at most, or a search that goes through a million names
/// would keep a processor busy for every page that shows it while videos move.
/// </summary>
internal sealed class Unhurried(TimeProvider clock)
{
    private bool _isWished;
    private bool _isReading;

    /// <summary>Does it now; or once more after what is being done, if that is under way.</summary>
    /// <param name="read">Reads and shows it.</param>
    public async Task DoAsync(Func<Task> read)
    {
        _isWished = true;
        if (_isReading)
            return;
        _isReading = true;
        try
        {
            while (_isWished)
            {
                _isWished = false;
                var began = clock.GetTimestamp();
                await read();
                await Task.Delay(clock.GetElapsedTime(began) * 4, clock);
            }
        }
        finally
        {
            _isReading = false;
        }
    }
}
