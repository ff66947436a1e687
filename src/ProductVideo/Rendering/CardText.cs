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
        if (plan.Caption is { } caption)
            Clean(caption.Title, "title", notes);
        if (plan.Caption?.Price is { } price)
            Clean(price, "price", notes);
        WithDrawableCard(plan, plan.EndCard?.LogoBlobKey is not null, notes);
        return notes;
    }

    /// <summary>
    /// The plan with an end card that says what can be drawn. A card of nothing but colour is no card: its seconds go to the last shot,
    /// so that the clip keeps the length that was ordered.
    /// </summary>
    public static ShotPlan WithDrawableCard(ShotPlan plan, bool hasLogo, List<string> notes)
    {
        if (plan.EndCard is not { } card || plan.Shots.Count == 0)
            return plan;
        var headline = card.Headline is { } first ? Clean(first, "headline", notes) : null;
        var subline = card.Subline is { } second ? Clean(second, "subline", notes) : null;
        if (headline is null)
            (headline, subline) = (subline, null);
        // Of the title the caption says why it can't be drawn.
        if (headline is null && !hasLogo && card.Otherwise is { } otherwise)
            headline = Clean(otherwise, "title", []);
        if (headline is not null || hasLogo)
            return plan with { EndCard = card with { Headline = headline, Subline = subline } };
        notes.Add("Nothing of the end card can be drawn, so the clip has none.");
        var last = plan.Shots[^1];
        return plan with
        {
            EndCard = null,
            Shots = [.. plan.Shots.SkipLast(1), last with { Seconds = last.Seconds + card.Seconds - plan.CrossFade }],
        };
    }
}
