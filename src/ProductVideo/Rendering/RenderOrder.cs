using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Rendering;

/// <param name="Id">The submit's nonce.</param>
/// <param name="Request">What to make.</param>
/// <param name="State">How it stands.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="Starts">How often a renderer began it.</param>
/// <param name="ResultKey">The clip, once done.</param>
/// <param name="Problem">Why not, once failed.</param>
/// <param name="Setback">What kept the last render from being made, while another may follow; null if nothing did.</param>
internal sealed record RenderOrder(
    string Id, VideoRequest Request, RenderOrderState State, double Progress, int Starts, string? ResultKey, Problem? Problem,
    RenderSetback? Setback = null);

/// <summary>A fault that should pass.</summary>
/// <param name="Problem">Why the order waits.</param>
/// <param name="Since">When it was first put off.</param>
/// <param name="Tries">How often it was put off.</param>
internal sealed record RenderSetback(Problem Problem, DateTimeOffset Since, int Tries);

internal enum RenderOrderState
{
    Waiting,
    Rendering,
    Done,
    Failed,
    Stopped,
}
