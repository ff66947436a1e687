using ProductVideo.Clips;

namespace ProductVideo.Tests.Clips;

/// <summary>Small pictures of plain shapes.</summary>
internal static class Drawn
{
    public static readonly (byte R, byte G, byte B) Paper = (244, 243, 240);
    public static readonly (byte R, byte G, byte B) Wood = (150, 111, 70);
    public static readonly (byte R, byte G, byte B) Red = (176, 40, 36);
    public static readonly (byte R, byte G, byte B) Blue = (38, 70, 160);
    public static readonly (byte R, byte G, byte B) Chalk = (214, 212, 206);

    /// <summary>A box in the middle of a ground, lit from the left, with a darker foot.</summary>
    /// <param name="product">Its colour.</param>
    /// <param name="ground">Colour of the rest.</param>
    /// <param name="size">Sides, as parts of the picture's.</param>
    /// <param name="right">How far it is moved, in pixels.</param>
    /// <param name="light">What each channel is multiplied by.</param>
    public static SmallPicture Box(
        (byte R, byte G, byte B) product, (byte R, byte G, byte B) ground, double size = 0.5, int right = 0, (double R, double G, double B)? light = null)
    {
        var (lamp, half) = (light ?? (1, 1, 1), size * SmallPicture.Side / 2);
        return Draw((x, y) =>
        {
            var (across, down) = (x - right - (SmallPicture.Side / 2), y - (SmallPicture.Side / 2));
            var inside = Math.Abs(across) < half && Math.Abs(down) < half;
            var shade = !inside ? 1 : (1 - (0.2 * (across + half) / (2 * half))) * (down > half * 0.7 ? 0.7 : 1);
            var (r, g, b) = inside ? product : ground;
            return (Lit(r * shade * lamp.R), Lit(g * shade * lamp.G), Lit(b * shade * lamp.B));
        });
    }

    public static SmallPicture Draw(Func<int, int, (byte R, byte G, byte B)> colour)
    {
        var rgb = new byte[SmallPicture.Side * SmallPicture.Side * 3];
        for (var i = 0; i < rgb.Length; i += 3)
            (rgb[i], rgb[i + 1], rgb[i + 2]) = colour(i / 3 % SmallPicture.Side, i / 3 / SmallPicture.Side);
        return new SmallPicture(rgb);
    }

    private static byte Lit(double value) => (byte)Math.Clamp(value, 0, 255);
}
