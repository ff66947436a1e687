namespace ProductVideo.Clips;

/// <summary>A colour that a product is known by, whatever light it stands in.</summary>
/// <param name="Hue">Degrees.</param>
/// <param name="Chroma">How strong it is in the middle.</param>
/// <param name="Share">Of all pixels of the picture, 0 to 1.</param>
internal readonly record struct Tone(float Hue, float Chroma, float Share)
{
    /// <summary>Warm and cold light move a hue less than this.</summary>
    private const float HueSlack = 28;

    public bool Holds(Lab pixel) => pixel.Chroma >= MathF.Max(Faintest, Chroma * 0.35f) && Lab.Between(pixel.Hue, Hue) <= HueSlack;

    /// <summary>Whether it may be this pixel's, nearer or in another light, where that was allowed for already: a mug's pale foot is no terracotta vase.</summary>
    public bool MayBe(Lab pixel) => pixel.Chroma >= MathF.Max(Faintest, Chroma * 0.6f) && Lab.Between(pixel.Hue, Hue) <= HueSlack - 8;

    /// <summary>A pixel with less looks grey, and its hue is noise.</summary>
    public const float Faintest = 9;
}

/// <summary>
/// The colours of a product that stands before a plain background. A photograph of a scene has none: what in it is the product is not
/// known, and a new scene is what a clip may have. Nor has a white, grey or black product, which any scene would match.
/// </summary>
internal static class ProductTones
{
    /// <summary>A pixel farther from the background than this is the product or its shadow.</summary>
    private const float OffBackground = 8;

    /// <summary>Of the product: a smaller patch may turn away from the camera.</summary>
    private const float LeastOfProduct = 0.25f;

    /// <summary>Of a whole picture: less may be a shine or a thing at its edge.</summary>
    private const float LeastOfPicture = 0.1f;

    private const float Colourful = 16;
    private const int BinDegrees = 5;
    private const int Bins = 360 / BinDegrees;

    /// <summary>Bins to both sides of a peak that belong to it.</summary>
    private const int Reach = 4;

    /// <returns>The strongest first; none where nothing can be told.</returns>
    public static IReadOnlyList<Tone> Of(Lab[] pixels)
    {
        if (Background(pixels) is not { } background)
            return [];
        return Within([.. pixels.Where(pixel => pixel.DistanceTo(background) > OffBackground)], pixels.Length, LeastOfProduct);
    }

    /// <summary>The colours that much of a picture has, be it a product's or the scene's; the strongest first.</summary>
    public static IReadOnlyList<Tone> Masses(Lab[] pixels) => Within(pixels, pixels.Length, LeastOfPicture);

    /// <summary>A picture's pixels in the light of another, as the edges of both tell it.</summary>
    public static Lab[] InLightOf(Lab[] other, Lab[] pixels)
    {
        var (there, here) = (Middle(Edge(other)), Middle(Edge(pixels)));
        return [.. pixels.Select(pixel => pixel with { A = pixel.A + there.A - here.A, B = pixel.B + there.B - here.B })];
    }

    private static List<Tone> Within(IReadOnlyCollection<Lab> part, int all, float least)
    {
        var colourful = part.Where(pixel => pixel.Chroma >= Colourful && pixel.L is > 8 and < 97).ToList();
        var mass = new int[Bins];
        foreach (var pixel in colourful)
            mass[Bin(pixel.Hue)]++;

        var tones = new List<Tone>();
        while (Peak(mass) is var peak && Around(peak).Sum(bin => mass[bin]) is var size && size > least * part.Count)
        {
            // The best window often has its colour at one side of it.
            var middle = peak + 0.5f + ((float)Enumerable.Range(-Reach, (2 * Reach) + 1).Sum(step => step * mass[(peak + step + Bins) % Bins]) / size);
            var chroma = colourful.Where(pixel => Around(peak).Contains(Bin(pixel.Hue))).Select(pixel => pixel.Chroma).Order().ToList();
            tones.Add(new Tone(((middle + Bins) % Bins) * BinDegrees, chroma[chroma.Count / 2], (float)size / all));
            foreach (var bin in Around(peak))
                mass[bin] = 0;
        }

        return tones;
    }

    /// <summary>The colour of most of the edge; null where the edge has many.</summary>
    private static Lab? Background(Lab[] pixels)
    {
        var edge = Edge(pixels);
        var middle = Middle(edge);
        return edge.Count(pixel => pixel.DistanceTo(middle) <= OffBackground) >= edge.Count * 0.6 ? middle : null;
    }

    private static List<Lab> Edge(Lab[] pixels)
    {
        const int side = SmallPicture.Side;
        return [.. Enumerable.Range(0, side).SelectMany(i => (int[])[i, (side * (side - 1)) + i, i * side, (i * side) + side - 1]).Select(i => pixels[i])];
    }

    private static Lab Middle(List<Lab> edge)
    {
        return new Lab(Median(pixel => pixel.L), Median(pixel => pixel.A), Median(pixel => pixel.B));

        float Median(Func<Lab, float> part) => edge.Select(part).Order().ElementAt(edge.Count / 2);
    }

    private static int Peak(int[] mass) => Enumerable.Range(0, Bins).MaxBy(bin => Around(bin).Sum(near => mass[near]));

    private static IEnumerable<int> Around(int bin) => Enumerable.Range(-Reach, (2 * Reach) + 1).Select(step => (bin + step + Bins) % Bins);

    private static int Bin(float hue) => (int)(hue / BinDegrees) % Bins;
}
