using ProductVideo.Planning;
using Shouldly;

namespace ProductVideo.Tests.Prompts;

/// <summary>What holds for every plan.</summary>
internal static class PlanCheck
{
    public static void IsSound(ShotPlan plan, int pictures)
    {
        if (pictures == 0)
        {
            plan.Shots.ShouldBeEmpty();
            return;
        }

        var parts = plan.Shots.Count + (plan.EndCard is null ? 0 : 1);
        var sum = plan.Shots.Sum(s => s.Seconds) + (plan.EndCard?.Seconds ?? 0) - (plan.CrossFade * (parts - 1));
        sum.ShouldBe(plan.Seconds);
        plan.Shots.ShouldAllBe(s => s.Seconds >= 1.8m || plan.Shots.Count == 1);
        plan.Shots.SkipLast(1).ShouldAllBe(s => s.Seconds % 0.1m == 0);
        plan.Shots.ShouldAllBe(s => s.ImageIndex >= 0 && s.ImageIndex < pictures);
        foreach (var window in plan.Shots.SelectMany(s => new[] { s.Camera.From, s.Camera.To }))
        {
            window.Zoom.ShouldBeInRange(1, 4);
            window.CenterX.ShouldBeInRange(0, 1);
            window.CenterY.ShouldBeInRange(0, 1);
        }

        if (plan.Caption is { } caption)
        {
            caption.From.ShouldBe(1.0m);
            caption.Until.ShouldBeInRange(caption.From + 1.2m, plan.Seconds - (plan.EndCard?.Seconds ?? 0));
            WholeView.Seconds(plan, caption).ShouldBeGreaterThanOrEqualTo(Math.Min(1.0m, WholeView.Seconds(plan, null)));
        }
    }
}
