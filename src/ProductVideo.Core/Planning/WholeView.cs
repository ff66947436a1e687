namespace ProductVideo.Planning;

/// <summary>How long a planned film shows the product whole, with nothing over it.</summary>
internal static class WholeView
{
    /// <summary>A product that fills 85 % of its picture still stands whole in the frame.</summary>
    private const double Closest = 1.15;

    /// <summary>Seconds; lengths are planned in whole ones of these.</summary>
    public const decimal Tenth = 0.1m;

    /// <summary>The longest such stretch, in seconds.</summary>
    /// <param name="plan">The shots; its own caption does not count.</param>
    /// <param name="caption">What may lie over them; null for nothing.</param>
    public static decimal Seconds(ShotPlan plan, Caption? caption)
    {
        var (start, longest) = (0m, 0m);
        for (var i = 0; i < plan.Shots.Count; i++)
        {
            var shot = plan.Shots[i];
            var last = i == plan.Shots.Count - 1 && plan.EndCard is null;
            // Two pictures at once show neither.
            var (from, until) = (i == 0 ? 0 : plan.CrossFade, last ? shot.Seconds : shot.Seconds - plan.CrossFade);
            var run = 0m;
            for (var at = from; at < until; at += Tenth)
            {
                var captioned = caption is not null && start + at >= caption.From && start + at < caption.Until;
                run = !captioned && IsWhole(shot, at) ? run + Tenth : 0;
                longest = Math.Max(longest, run);
            }

            start += shot.Seconds - plan.CrossFade;
        }

        return longest;
    }

    private static bool IsWhole(Shot shot, decimal at)
    {
        var (from, to) = (1 / shot.Camera.From.Zoom, 1 / shot.Camera.To.Zoom);
        return from + (to - from) * Easing.Smooth((double)(at / shot.Seconds)) >= 1 / Closest;
    }
}
