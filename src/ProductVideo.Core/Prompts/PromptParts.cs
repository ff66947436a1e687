using ProductVideo.Providers;

namespace ProductVideo.Prompts;

/// <summary>A paragraph of a prompt.</summary>
/// <param name="Text">Without what encloses it.</param>
/// <param name="Frame">With <c>{0}</c> where the text goes.</param>
/// <param name="Importance">The least is cut first; null for what is never cut.</param>
/// <param name="CutNote">What the merchant reads if it was shortened or left out.</param>
internal sealed record PromptPart(string Text, string Frame, int? Importance = null, string CutNote = "")
{
    public string Whole => Text.Length == 0 ? "" : Frame.Replace("{0}", Text, StringComparison.Ordinal);
}

/// <summary>Joins paragraphs and makes them fit by shortening, then leaving out, the least important first.</summary>
internal static class PromptParts
{
    // Less than this of a paragraph tells a model nothing.
    private const int LeastWorthKeeping = 40;

    /// <summary>The parts as they may be sent, in their order; null if not even those that are never cut fit.</summary>
    public static IReadOnlyList<PromptPart>? Fit(IReadOnlyList<PromptPart> parts, PromptRule rule, ICollection<string> notes)
    {
        var fitted = parts.ToArray();
        foreach (var part in parts.Where(p => p.Importance is not null && p.Text.Length > 0).OrderBy(p => p.Importance))
        {
            var excess = PromptLength.Count(Join(fitted), rule.Unit) - rule.MaxUnits;
            if (excess <= 0)
                return fitted;
            var room = PromptLength.Count(part.Text, rule.Unit) - excess;
            var text = room >= LeastWorthKeeping ? PromptLength.Cut(part.Text, rule.Unit, room) : "";
            fitted[Array.IndexOf(fitted, part)] = part with { Text = text };
            notes.Add(part.CutNote);
        }

        return PromptLength.Count(Join(fitted), rule.Unit) <= rule.MaxUnits ? fitted : null;
    }

    public static string Join(IEnumerable<PromptPart> parts) => string.Join('\n', parts.Select(p => p.Whole).Where(t => t.Length > 0));
}
