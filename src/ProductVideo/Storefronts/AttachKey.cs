using System.Text.RegularExpressions;

namespace ProductVideo.Storefronts;

/// <summary>Names a clip in its shop; see <see cref="Catalog.ClipToAttach.Key"/>.</summary>
internal static partial class AttachKey
{
    public static bool IsSound(string key) => Sound().IsMatch(key);

    [GeneratedRegex(@"\A[a-z0-9-]{1,64}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Sound();
}
