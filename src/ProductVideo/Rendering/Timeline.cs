using ProductVideo.Planning;
using static System.FormattableString;

namespace ProductVideo.Rendering;

/// <summary>One shot or the end card, in frames.</summary>
/// <param name="Start">First frame.</param>
/// <param name="Length">Frames, cross-fades included.</param>
/// <param name="Shot">Null for the end card.</param>
internal sealed record Scene(int Start, int Length, Shot? Shot)
{
    public int End => Start + Length;

    /// <summary>How far the scene has come at a frame of the clip: 0 at its first, 1 at its last.</summary>
    public double ProgressAt(int frame) => Length < 2 ? 0 : (double)(frame - Start) / (Length - 1);
}

/// <summary>What a frame shows: one scene, or two during a cross-fade.</summary>
/// <param name="Scene">Index of the scene that is there, or leaves.</param>
/// <param name="Incoming">Index of the scene that arrives; null outside cross-fades.</param>
/// <param name="Weight">Share of the arriving scene, 1 to 255 of 256.</param>
internal readonly record struct FrameMix(int Scene, int? Incoming, int Weight);

/// <summary>Which frame shows what: plan seconds turned into whole frames, once.</summary>
internal sealed class Timeline
{
    private readonly int _framesPerSecond;

    private Timeline(int framesPerSecond, IReadOnlyList<Scene> scenes)
    {
        _framesPerSecond = framesPerSecond;
        Scenes = scenes;
    }

    public IReadOnlyList<Scene> Scenes { get; }

    public int Frames => Scenes[^1].End;

    public decimal Seconds => (decimal)Frames / _framesPerSecond;

    /// <exception cref="RenderException">If the lengths do not add up or three scenes would show at once.</exception>
    public static Timeline Of(ShotPlan plan, int framesPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(framesPerSecond, 1);
        if (plan.Shots.Count == 0)
            throw RenderException.InvalidPlan("The plan has no shots.");
        if (plan.CrossFade < 0)
            throw RenderException.InvalidPlan(Invariant($"A cross-fade cannot last {plan.CrossFade} s."));

        var lengths = plan.Shots.Select(shot => (shot.Seconds, (Shot?)shot)).ToList();
        if (plan.EndCard is { } card)
            lengths.Add((card.Seconds, null));

        var scenes = new List<Scene>();
        var start = 0m;
        foreach (var (seconds, shot) in lengths)
        {
            // Both ends are rounded from the exact second, so that no error adds up along the clip.
            var first = Frame(start);
            var end = Frame(start + seconds);
            if (end <= first)
                throw RenderException.InvalidPlan(Invariant($"A scene of {seconds} s has no frame."));
            scenes.Add(new Scene(first, end - first, shot));
            start += seconds - plan.CrossFade;
        }

        var timeline = new Timeline(framesPerSecond, scenes);
        if (timeline.Frames != Frame(plan.Seconds))
        {
            throw RenderException.InvalidPlan(
                Invariant($"The scenes last {timeline.Seconds} s with their cross-fades, the plan says {plan.Seconds} s."));
        }

        for (var i = 2; i < scenes.Count; i++)
        {
            if (scenes[i].Start < scenes[i - 2].End)
                throw RenderException.InvalidPlan(Invariant($"Scene {i - 1} is shorter than the cross-fades at its two ends."));
        }

        return timeline;

        int Frame(decimal seconds) => (int)Math.Round(seconds * framesPerSecond, MidpointRounding.AwayFromZero);
    }

    /// <summary>What is on at a frame, counted from 0.</summary>
    public FrameMix At(int frame)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, Frames);
        var scene = 0;
        while (frame >= Scenes[scene].End)
            scene++;
        if (scene + 1 >= Scenes.Count || frame < Scenes[scene + 1].Start)
            return new FrameMix(scene, null, 0);

        var fade = Scenes[scene].End - Scenes[scene + 1].Start;
        var step = frame - Scenes[scene + 1].Start + 1;
        return new FrameMix(scene, scene + 1, Math.Clamp((int)Math.Round(256.0 * step / (fade + 1)), 1, 255));
    }

    /// <summary>
    /// How strongly something that comes and goes is seen at a frame, 0 to 256; it fades for a third of a second at both ends.
    /// </summary>
    public int Presence(int frame, decimal from, decimal until)
    {
        var second = (double)frame / _framesPerSecond;
        var ramp = Math.Min(1.0 / 3, (double)(until - from) / 2);
        if (ramp <= 0)
            return 0;
        var share = Math.Min(second - (double)from, (double)until - second) / ramp;
        return (int)Math.Round(256 * Easing.Smooth(share));
    }
}
