using ProductVideo.Planning;
using static System.FormattableString;

namespace ProductVideo.Rendering;

/// <summary>Draws the frames of one clip, one after another. Holds at most the two photos that are on screen.</summary>
internal sealed class Film : IDisposable
{
    private readonly RenderInput _input;
    private readonly Timeline _timeline;
    private readonly VectorPath _path;
    private readonly FrameResampler _resampler;
    private readonly ISceneView?[] _views;
    private readonly Frame _incoming;
    private readonly List<string> _notes = [];
    private readonly Overlay? _caption;
    private readonly Rgb _background;

    public Film(RenderInput input, VectorPath path)
    {
        if (input.Width < 16 || input.Height < 16 || input.Width % 2 != 0 || input.Height % 2 != 0)
            throw RenderException.InvalidPlan(Invariant($"A frame of {input.Width} x {input.Height} pixels cannot be encoded; both must be even."));
        input = input with { Plan = CardText.WithDrawableCard(input.Plan, input.LogoFile is not null, _notes) };
        _input = input;
        _path = path;
        _timeline = Timeline.Of(input.Plan, input.FramesPerSecond);
        foreach (var shot in input.Plan.Shots)
        {
            if (shot.ImageIndex < 0 || shot.ImageIndex >= input.ImageFiles.Count)
                throw RenderException.InvalidPlan(Invariant($"The plan asks for picture {shot.ImageIndex}, there are {input.ImageFiles.Count}."));
        }

        _background = Rgb.Parse(input.Plan.Background);
        _views = new ISceneView?[_timeline.Scenes.Count];
        _resampler = new FrameResampler(input.Width, input.Height, path);
        _incoming = new Frame(input.Width, input.Height);
        _caption = input.Plan.Caption is { } caption ? CaptionCard.Set(caption, input.Width, input.Height, _notes) : null;
    }

    public int Frames => _timeline.Frames;

    public decimal Seconds => _timeline.Seconds;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Draws one frame; frames are asked for in order.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="frame">Overwritten whole.</param>
    /// <param name="clean">Sees the frame before any text is laid over it.</param>
    public void Draw(int index, Frame frame, Action<Frame>? clean = null)
    {
        var mix = _timeline.At(index);
        CloseBefore(mix.Scene);
        View(mix.Scene).Draw(_timeline.Scenes[mix.Scene].ProgressAt(index), frame);
        if (mix.Incoming is { } incoming)
        {
            View(incoming).Draw(_timeline.Scenes[incoming].ProgressAt(index), _incoming);
            Blend.CrossFade(frame.Bytes, _incoming.Bytes, mix.Weight, _path);
        }

        clean?.Invoke(frame);
        if (_caption is not null && _input.Plan.Caption is { } caption)
            _caption.Draw(frame, _timeline.Presence(index, caption.From, caption.Until), _path);
    }

    public void Dispose()
    {
        CloseBefore(_views.Length);
        _resampler.Dispose();
    }

    private ISceneView View(int scene) => _views[scene] ??= Open(_timeline.Scenes[scene].Shot);

    private ISceneView Open(Shot? shot)
    {
        if (shot is null)
            return new StillView(EndCardArtist.Draw(_input.Plan.EndCard!, _input.LogoFile, _input.Width, _input.Height, _notes));
        var camera = new CameraPath(shot.Camera);
        var photo = FittedPhoto.Open(_input.ImageFiles[shot.ImageIndex], _background, _input.Width, _input.Height, camera);
        return new ShotView(photo, camera, _resampler);
    }

    private void CloseBefore(int scene)
    {
        for (var i = 0; i < scene; i++)
        {
            _views[i]?.Dispose();
            _views[i] = null;
        }
    }
}
