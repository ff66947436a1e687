using Microsoft.AspNetCore.Components.Web;

namespace ProductVideo.Admin.Layout;

/// <summary>
/// Follows one press of a part's buttons at a time, from the press on: the question before something counts too. A second press of a double
/// click comes before the browser knows that the button is not to be pressed.
/// </summary>
internal sealed class OneAtATime
{
    private bool _isTaken;

    /// <summary>
    /// Does it as well for a button in whose place another one stands once it is done: the second press of a double click meets that one, and is
    /// not followed.
    /// </summary>
    public Task DoAsync(MouseEventArgs press, Func<Task> act) => press.Detail > 1 ? Task.CompletedTask : DoAsync(act);

    /// <summary>Does it, unless another is being done.</summary>
    public async Task DoAsync(Func<Task> act)
    {
        if (_isTaken)
            return;
        _isTaken = true;
        try
        {
            await act();
        }
        finally
        {
            _isTaken = false;
        }
    }
}
