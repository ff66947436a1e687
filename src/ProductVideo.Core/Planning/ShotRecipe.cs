namespace ProductVideo.Planning;

/// <summary>How a template films pictures, as data.</summary>
/// <param name="Moves">In order; shortened, or repeated with further pictures, to fill the clip.</param>
/// <param name="CrossFade">Between neighbours, in tenths of a second; 0 for hard cuts.</param>
/// <param name="MinShotSeconds">No shot is shorter, unless the whole clip is; in tenths of a second.</param>
/// <param name="UsesAllPictures">Whether the moves are repeated until every picture was seen, as far as time allows.</param>
internal sealed record ShotRecipe(IReadOnlyList<RecipeMove> Moves, decimal CrossFade, decimal MinShotSeconds, bool UsesAllPictures);

/// <summary>One camera move of a recipe.</summary>
/// <param name="Picture">Which picture it films.</param>
/// <param name="From">Window at the start, over the picture itself without padding.</param>
/// <param name="To">Window at the end.</param>
/// <param name="Weight">Its share of the clip's length against the other moves.</param>
internal sealed record RecipeMove(PictureRole Picture, CameraWindow From, CameraWindow To, decimal Weight);

internal enum PictureRole
{
    /// <summary>The listing's first picture.</summary>
    Main,

    /// <summary>The next one not yet seen; from the start again when all were.</summary>
    Next,

    /// <summary>The one of the shot before.</summary>
    Same,

    /// <summary>One whose alternative text speaks of a detail, else the last one not yet seen.</summary>
    Detail,
}
