namespace ProductVideo.Rendering;

internal static class CardText
{
    /// <summary>The text as it can be drawn; null, and a note, if leaving out letters would change what it says.</summary>
    public static string? Clean(string text, string what, List<string> notes)
    {
        var (clean, missing) = TextLines.Clean(text, FontShelf.Has);
        if (missing.Length == 0)
            return clean.Length > 0 ? clean : null;
        notes.Add($"The {what} has letters that cannot be drawn ({missing}), so it was left out of the video.");
        return null;
    }
}
