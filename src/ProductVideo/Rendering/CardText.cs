using ProductVideo.Planning;

namespace ProductVideo.Rendering;

internal static class CardText
{
    /// <summary>The text as it can be drawn; null, and a note, if leaving out letters or signs would change what it says.</summary>
    public static string? Clean(string text, string what, List<string> notes)
    {
        var (clean, missing) = TextLines.Clean(text, FontShelf.Has);
        if (missing.Length == 0)
            return clean.Length > 0 ? clean : null;
        notes.Add($"The {what} has signs or letters that cannot be drawn ({missing}), so it is left out of the video.");
        return null;
    }

    /// <summary>What a film of the plan will leave out, so that the merchant reads it before it is made.</summary>
    public static IReadOnlyList<string> NotesOn(ShotPlan plan)
    {
        var notes = new List<string>();
        (string? Text, string What)[] drawn =
            [(plan.Caption?.Title, "title"), (plan.Caption?.Price, "price"), (plan.EndCard?.Headline, "headline"), (plan.EndCard?.Subline, "subline")];
        foreach (var (text, what) in drawn)
        {
            if (text is not null)
                Clean(text, what, notes);
        }

        return notes;
    }
}
