namespace ProductVideo.Rendering;

/// <summary>Something that fills frames for a while.</summary>
internal interface ISceneView : IDisposable
{
    /// <param name="progress">0 at the scene's first frame, 1 at its last.</param>
    /// <param name="frame">Overwritten whole.</param>
    void Draw(double progress, Frame frame);
}

/// <summary>A photo under the moving camera.</summary>
internal sealed class ShotView(FittedPhoto photo, CameraPath camera, FrameResampler resampler) : ISceneView
{
    private Frame? _still;

    public void Draw(double progress, Frame frame)
    {
        if (_still is not null)
        {
            _still.CopyTo(frame);
            return;
        }

        resampler.Draw(photo, camera.At(progress), frame);
        if (camera.StandsStill)
        {
            _still = new Frame(frame.Width, frame.Height);
            frame.CopyTo(_still);
        }
    }

    public void Dispose() => photo.Dispose();
}

/// <summary>A picture that never changes.</summary>
internal sealed class StillView(Frame still) : ISceneView
{
    public void Draw(double progress, Frame frame) => still.CopyTo(frame);

    public void Dispose()
    {
    }
}

/// <summary>The resamplers of a frame's three planes.</summary>
internal sealed class FrameResampler(int width, int height, VectorPath path) : IDisposable
{
    private readonly PlaneResampler _luma = new(width, height, path);
    private readonly PlaneResampler _chroma = new(width / 2, height / 2, path);

    public void Draw(FittedPhoto photo, Window window, Frame frame)
    {
        var luma = photo.Luma(window, width, height);
        var chroma = FittedPhoto.Chroma(luma);
        _luma.Resample(photo.Picture.Luma, luma.Across, luma.Down, frame.Luma);
        _chroma.Resample(photo.Picture.Blue, chroma.Across, chroma.Down, frame.Blue);
        _chroma.Resample(photo.Picture.Red, chroma.Across, chroma.Down, frame.Red);
    }

    public void Dispose()
    {
        _luma.Dispose();
        _chroma.Dispose();
    }
}
