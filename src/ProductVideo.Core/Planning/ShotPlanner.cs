using ProductVideo.Catalog;

namespace ProductVideo.Planning;

/// <summary>Shots filmed after a recipe, and the pictures they film.</summary>
/// <param name="Shots">Their picture numbers count <paramref name="Pictures"/>.</param>
/// <param name="Pictures">Places in the list that was given, in the order in which they are first seen.</param>
internal sealed record PlannedShots(IReadOnlyList<Shot> Shots, IReadOnlyList<int> Pictures);

/// <summary>Fits a recipe to a number of pictures and a length. All lengths but the clip's own are tenths of a second, which are whole frames at 30 fps and exact decimals.</summary>
internal static class ShotPlanner
{
    private const decimal Tenth = 0.1m;

    /// <summary>A move held longer than this bores: further moves are added instead.</summary>
    private const decimal LongestShot = 8m;

    /// <param name="recipe">The moves.</param>
    /// <param name="pictures">At least one.</param>
    /// <param name="aspect">The frame's.</param>
    /// <param name="seconds">The clip's length, end card included.</param>
    /// <param name="crossFade">Between neighbours; below <see cref="ShotRecipe.MinShotSeconds"/>.</param>
    /// <param name="endCard">Length of the end card; 0 for none.</param>
    /// <param name="keepsWidest">Whether the move that shows most of its picture stays where time is too short for all: a film of close-ups alone shows half a product.</param>
    public static PlannedShots Plan(
        ShotRecipe recipe, IReadOnlyList<ProductImage> pictures, AspectRatio aspect, decimal seconds, decimal crossFade, decimal endCard, bool keepsWidest)
    {
        // A shot overlaps its follower by a cross-fade; the end card is a follower, so only without one does the last shot end alone.
        var alone = endCard > 0 ? 0 : crossFade;
        var most = (int)Math.Clamp(Math.Floor((seconds - endCard - alone) / (recipe.MinShotSeconds - crossFade)), 1, 100);
        var moves = Cast(keepsWidest ? Shortened(recipe, most) : recipe, pictures, most, (int)Math.Ceiling(seconds / LongestShot));
        var total = seconds - endCard + (crossFade * moves.Count) - alone;
        var lengths = Lengths([.. moves.Select(m => m.Move.Weight)], total, recipe.MinShotSeconds);

        var order = moves.Select(m => m.Picture).Distinct().ToList();
        var shots = moves.Select((m, i) => new Shot(order.IndexOf(m.Picture), CameraFit.Fit(m.Move, pictures[m.Picture], aspect), lengths[i]));
        return new PlannedShots([.. shots], order);
    }

    /// <summary>The recipe with at most so many moves, the widest of them among these.</summary>
    private static ShotRecipe Shortened(ShotRecipe recipe, int most)
    {
        if (most >= recipe.Moves.Count)
            return recipe;
        var kept = recipe.Moves.Take(most).ToList();
        var widest = recipe.Moves.MinBy(Widest)!;
        if (kept.TrueForAll(move => Widest(move) > Widest(widest)))
            kept[^1] = widest;
        return recipe with { Moves = kept };
    }

    private static double Widest(RecipeMove move) => Math.Min(move.From.Zoom, move.To.Zoom);

    /// <summary>Which move films which picture, at most <paramref name="most"/> of them.</summary>
    private static List<(RecipeMove Move, int Picture)> Cast(ShotRecipe recipe, IReadOnlyList<ProductImage> pictures, int most, int least)
    {
        var cast = new List<(RecipeMove, int)>();
        var roles = new PictureRoles(pictures);
        for (var i = 0; cast.Count < most; i++)
        {
            var firstRound = i < recipe.Moves.Count;
            var unseen = recipe.UsesAllPictures && roles.AnyUnseen;
            if (!firstRound && !unseen && cast.Count >= least)
                break;
            var move = recipe.Moves[i % recipe.Moves.Count];
            cast.Add((move, firstRound ? roles.Pick(move.Picture) : roles.Pick(unseen ? PictureRole.Next : move.Picture)));
        }

        return cast;
    }

    private static decimal[] Lengths(decimal[] weights, decimal total, decimal min)
    {
        var lengths = new decimal[weights.Length];
        var spare = Math.Max(0, total - (min * weights.Length));
        var all = weights.Sum();
        var left = total;
        for (var i = 0; i < weights.Length - 1; i++)
        {
            lengths[i] = Math.Floor((min + (spare * weights[i] / all)) / Tenth) * Tenth;
            left -= lengths[i];
        }

        lengths[^1] = left;
        return lengths;
    }
}
