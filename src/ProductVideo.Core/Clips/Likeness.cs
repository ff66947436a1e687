using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Clips;

/// <summary>
/// Whether a clip that a model drew still shows the product of its pictures. What it finds is a reason for a person to look, no verdict: it
/// knows colours and the first picture, and reads no lettering, counts no handles and knows no faces.
/// </summary>
internal sealed class Likeness
{
    /// <summary>The check of the clip's first frame against the picture that it was to start with.</summary>
    public const string FirstPicture = "first picture";

    /// <summary>The check of the product's colours in every sampled frame.</summary>
    public const string Colours = "colours";

    /// <summary>The check that a clip whose pictures tell no colour of the product goes on as it began, without a new one.</summary>
    public const string NoNewColour = "no new colour";

    /// <summary>The check that there was something to compare with.</summary>
    public const string Pictures = "pictures";

    /// <summary>The code of what is told of a clip that may show another product.</summary>
    public const string LooksDifferent = "looks_different";

    /// <summary>Mean distance of the first frame from its picture where they are the same: compression and a small crop stay far below it.</summary>
    private const double MostApart = 9;

    /// <summary>Of a block of pixels from the background: less is light and compression.</summary>
    private const float OffGround = 6;

    /// <summary>How small a product may get in a new scene, by area.</summary>
    private const float Smallest = 0.1f;

    /// <summary>Of a frame: less is an accident.</summary>
    private const float LeastOfFrame = 0.003f;

    /// <summary>Of a picture: no camera comes so near that less of it fills much of a frame.</summary>
    private const float LeastSeen = 0.01f;

    /// <summary>Of the sampled frames: the product may be out of the picture for a moment.</summary>
    private const double MostMisses = 1 / 3.0;

    /// <summary>Of the sampled frames, with a colour that no picture has: a hand or a reflection may pass.</summary>
    private const int MostNew = 1;

    private readonly IReadOnlyList<(ImageRole Role, SmallPicture Picture)> _pictures;
    private readonly List<Lab[]> _sent;
    private readonly List<Lab[]> _seen;

    /// <summary>Of those pictures that show the product's colours; a scene beside them says nothing against it.</summary>
    private readonly List<IReadOnlyList<Tone>> _known;

    /// <param name="pictures">What was sent, in order, by role.</param>
    /// <param name="frames">Of the clip, from its first to its last.</param>
    public Likeness(IReadOnlyList<(ImageRole Role, SmallPicture Picture)> pictures, IReadOnlyList<SmallPicture> frames)
    {
        _pictures = pictures;
        _sent = [.. pictures.Select(one => Lab.Of(one.Picture))];
        _seen = [.. frames.Select(Lab.Of)];
        _known = [.. _sent.Select(ProductTones.Of).Where(tones => tones.Count > 0)];
    }

    /// <summary>Compares; a doubt where the pictures have nothing that could be compared.</summary>
    /// <param name="mode">How the clip was made; of the first frame is spoken only where it was given.</param>
    /// <param name="sameRatio">Whether the first picture has the clip's ratio; otherwise it was cropped or padded in a way that is not known.</param>
    public IReadOnlyList<ClipCheck> Judge(VideoModes mode, bool sameRatio)
    {
        var checks = new List<ClipCheck>();
        if (mode is VideoModes.FirstFrame or VideoModes.FirstLastFrame && sameRatio && _pictures.FirstOrDefault(one => one.Role is ImageRole.FirstFrame).Picture is { } first
            && Apart(Lab.Of(first), _seen[0]) is { } apart)
        {
            checks.Add(new ClipCheck(FirstPicture, apart <= MostApart, FormattableString.Invariant($"{apart:0.#} from the picture that was sent, at most {MostApart:0}")));
        }

        // A detail or the back may have other colours than the front: the colours of one picture are enough.
        if (_known.Count > 0)
        {
            var missed = _seen.ConvertAll(frame => !_known.Exists(tones => tones.All(tone => IsIn(frame, tone))));
            var (misses, ends) = (missed.Count(one => one), ClipRules.EndsIn(missed));
            checks.Add(new ClipCheck(
                Colours, !ends && misses <= _seen.Count * MostMisses,
                FormattableString.Invariant($"the product's in {_seen.Count - misses} of {_seen.Count} moments{(ends ? ", not in the last two" : "")}")));
        }
        else if (checks.Count > 0 && _seen.Count > 1)
        {
            // The model gave back its input as the first frame, which says nothing of what follows.
            var changed = _seen.Skip(1).Count(frame => HasNew(frame) && HasNew(ProductTones.InLightOf(_seen[0], frame)));
            checks.Add(new ClipCheck(NoNewColour, changed <= MostNew, FormattableString.Invariant($"one that no picture has in {changed} of {_seen.Count} moments")));
        }

        return checks.Count > 0 ? checks : [NotCompared("they show too little that the product could be known by")];
    }

    /// <summary>The place of the frame that shows most of the product's colours; null where they are in none, or not known.</summary>
    public int? Clearest()
    {
        var shown = _seen.ConvertAll(frame => _known.Where(tones => tones.All(tone => IsIn(frame, tone)))
            .Select(tones => frame.Count(pixel => tones.Any(tone => tone.Holds(pixel)))).DefaultIfEmpty(0).Max());
        return shown.Max() is > 0 and var most ? shown.IndexOf(most) : null;
    }

    /// <summary>Whether a picture shows too little for a clip to be held against it.</summary>
    public static bool ShowsLittle(SmallPicture picture) => MomentLight.Of(picture).IsPlain || IsBare(Blocks(Lab.Of(picture), 1, 0, 0));

    /// <summary>Nothing could be compared.</summary>
    /// <param name="why">For the operator and the merchant.</param>
    public static ClipCheck NotCompared(string why) => new(Pictures, Passed: false, why);

    /// <summary>What a merchant is told of a clip's doubts.</summary>
    public static Problem Told(IReadOnlyList<ClipCheck> doubts)
    {
        var seen = string.Concat(doubts.Select(doubt => doubt.Name switch
        {
            FirstPicture => "It does not begin with the picture that was sent. ",
            Colours => "Your product's colours are missing in parts of it. ",
            NoNewColour => "It shows a colour that no picture which was sent has. ",
            ClipRules.NotEmpty or ClipRules.NotBlack => "There is next to nothing to see in it, as in a picture that was sent. ",
            ClipRules.Sound => "It has no sound, though you asked for it. ",
            AiMark.Check => "Its file could not be marked as made with AI. ",
            AiMark.Signature => "Its file could not be signed. ",
            AiLabel.Check => "Shoppers do not read in it that it was made with AI: the label that your shop wants could not be drawn. ",
            _ => "It could not be compared with your product's pictures. ",
        }));
        var (code, why) = doubts.All(doubt => doubt.Name is ClipRules.Sound or AiMark.Check or AiMark.Signature or AiLabel.Check)
            ? ("not_as_ordered", "Look closely before you approve this video.")
            : (LooksDifferent, "Look closely before you approve: this video may show another product, or change yours.");
        return new Problem(
            code, $"{why} {seen}It was not put on the listing.", string.Join("; ", doubts.Select(doubt => $"{doubt.Name}: {doubt.Found}")));
    }

    private bool HasNew(Lab[] frame) => ProductTones.Masses(frame).Any(tone => _sent.TrueForAll(picture => picture.Count(tone.MayBe) < picture.Length * LeastSeen));

    private static bool IsIn(Lab[] frame, Tone tone) =>
        frame.Count(tone.Holds) >= frame.Length * MathF.Max(LeastOfFrame, Smallest * tone.Share);

    /// <summary>Mean distance of blocks of pixels where either shows more than background, with the frame moved and sized a little so that it fits best.</summary>
    /// <returns>Null where the picture is background but for an accident: any product would be as near to it.</returns>
    private static double? Apart(Lab[] picture, Lab[] frame)
    {
        var blocks = Blocks(picture, 1, 0, 0);
        if (IsBare(blocks))
            return null;
        return (
            from scale in (double[])[1, 0.95, 1.05]
            from right in (int[])[-2, 0, 2]
            from down in (int[])[-2, 0, 2]
            select Distance(blocks, Blocks(frame, scale, right, down))).Min();
    }

    private static bool IsBare(Lab[] blocks) => blocks.Count(block => block.DistanceTo(blocks[0]) >= OffGround) < blocks.Length / 50.0;

    private static double Distance(Lab[] one, Lab[] other)
    {
        // Both mostly show the same background, which would hide what stands before it.
        var ground = one[0];
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < one.Length; i++)
        {
            if (one[i].DistanceTo(ground) < OffGround && other[i].DistanceTo(ground) < OffGround)
                continue;
            sum += one[i].DistanceTo(other[i]);
            count++;
        }

        return sum / count;
    }

    /// <summary>Means of four by four pixels.</summary>
    private static Lab[] Blocks(Lab[] pixels, double scale, int right, int down)
    {
        const int side = SmallPicture.Side, block = 4, across = side / block;
        var blocks = new Lab[across * across];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var pixel = pixels[(At(y, down) * side) + At(x, right)];
                ref var sum = ref blocks[(y / block * across) + (x / block)];
                sum = new Lab(sum.L + pixel.L, sum.A + pixel.A, sum.B + pixel.B);
            }
        }

        for (var i = 0; i < blocks.Length; i++)
            blocks[i] = new Lab(blocks[i].L / (block * block), blocks[i].A / (block * block), blocks[i].B / (block * block));
        return blocks;

        int At(int place, int shift) => Math.Clamp((int)(((place - (side / 2)) * scale) + (side / 2)) + shift, 0, side - 1);
    }
}
