namespace ProductVideo.Planning;

/// <summary>The moment of a planned film that shows the product best: whole, without text over it, and as early as may be.</summary>
internal static class PosterMoment
{
    /// <summary>What a caption over it costs, in zoom.</summary>
    private const double CaptionCosts = 0.5;

    /// <summary>What not being the main picture costs, in zoom.</summary>
    private const double OtherPictureCosts = 0.15;

    /// <summary>Seconds from the clip's start; 0 where the plan has no shots.</summary>
    public static decimal Of(ShotPlan plan)
    {
        var (best, bestCost) = (0m, double.MaxValue);
        var start = 0m;
        foreach (var (shot, index) in plan.Shots.Select((shot, index) => (shot, index)))
        {
            // The film's first and last moments of a shot that no cross-fade touches.
            var first = index == 0 ? start : start + plan.CrossFade;
            var last = start + shot.Seconds - plan.CrossFade - 0.1m;
            foreach (var (moment, zoom) in new[] { (first, shot.Camera.From.Zoom), (Math.Max(first, last), shot.Camera.To.Zoom) })
            {
                var cost = zoom + (shot.ImageIndex == 0 ? 0 : OtherPictureCosts) + (IsCaptioned(plan, moment) ? CaptionCosts : 0);
                if (cost < bestCost - 0.02)
                    (best, bestCost) = (moment, cost);
            }

            start += shot.Seconds - plan.CrossFade;
        }

        return best;
    }

    private static bool IsCaptioned(ShotPlan plan, decimal moment) =>
        plan.Caption is { } caption && moment >= caption.From && moment <= caption.Until;
}
