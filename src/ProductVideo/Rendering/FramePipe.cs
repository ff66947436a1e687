using System.Collections.Concurrent;

namespace ProductVideo.Rendering;

/// <summary>Draws frames on one thread and hands them to the encoder on another; a few buffers go round, none is made on the way.</summary>
internal static class FramePipe
{
    private const int Buffers = 3;

    public static async Task RunAsync(
        Film film, RenderInput input, Stream encoder, string posterPath, IProgress<double>? progress, CancellationToken ct)
    {
        // Either side's failure stops the other.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var free = new BlockingCollection<Frame>();
        using var drawn = new BlockingCollection<Frame>();
        for (var i = 0; i < Buffers; i++)
            free.Add(new Frame(input.Width, input.Height), CancellationToken.None);

        var drawing = OnOwnThread(() => Draw(film, free, drawn, posterPath, stop.Token), stop);
        var writing = OnOwnThread(() => Write(film.Frames, free, drawn, encoder, progress, stop.Token), stop);
        // Whichever failed by itself has the reason; the other was only told to stop.
        var ended = await Task.WhenAny(drawing, writing);
        var other = ended == drawing ? writing : drawing;
        await Task.WhenAny(other);
        var cause = ended.IsCanceled ? other : ended;
        await cause;
        await Task.WhenAll(drawing, writing);
    }

    private static void Draw(
        Film film, BlockingCollection<Frame> free, BlockingCollection<Frame> drawn, string posterPath, CancellationToken ct)
    {
        for (var i = 0; i < film.Frames; i++)
        {
            var frame = free.Take(ct);
            film.Draw(i, frame, i == 0 ? clean => Poster.Save(clean, posterPath) : null);
            drawn.Add(frame, ct);
        }
    }

    private static void Write(
        int frames,
        BlockingCollection<Frame> free,
        BlockingCollection<Frame> drawn,
        Stream encoder,
        IProgress<double>? progress,
        CancellationToken ct)
    {
        for (var i = 0; i < frames; i++)
        {
            var frame = drawn.Take(ct);
            encoder.Write(frame.Bytes);
            free.Add(frame, ct);
            progress?.Report((i + 1.0) / frames);
        }

        encoder.Close();
    }

    private static async Task OnOwnThread(Action work, CancellationTokenSource stop)
    {
        try
        {
            await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }
}
