using System.Globalization;
using System.Text;
using ProductVideo.Planning;
using ProductVideo.Prompts;

namespace ProductVideo.Tests.Prompts;

/// <summary>A composition as people read it, for the golden files.</summary>
internal static class CompositionText
{
    public static string Of(Composition c)
    {
        var text = new StringBuilder();
        Line($"template    {c.Template}");
        Line($"mode        {c.Mode}, {c.Seconds} s, {c.Aspect}, {c.Resolution}");
        Line($"pictures    {string.Join(", ", c.ImageIndexes)}");
        Line($"facts       brand {c.Facts.Brand ?? "-"} | material {c.Facts.Material ?? "-"} | colour {c.Facts.Colour ?? "-"} | size {c.Facts.Size ?? "-"} | use {c.Facts.Use ?? "-"}");
        foreach (var note in c.Notes)
            Line($"note        {note}");
        Line($"cross-fade  {c.Plan.CrossFade} s");
        foreach (var shot in c.Plan.Shots)
            Line($"shot        {shot.Seconds} s of #{shot.ImageIndex}: {Window(shot.Camera.From)} -> {Window(shot.Camera.To)}");
        if (c.Plan.Caption is { } caption)
            Line($"caption     {caption.From}-{caption.Until} s [{caption.Language}] {caption.Title}{(caption.Price is null ? "" : " | " + caption.Price)}");
        if (c.Plan.EndCard is { } card)
            Line($"end card    {card.Seconds} s [{card.Language}] {card.Headline} | {card.Subline ?? "-"} on {card.Color}");
        Line($"prompt      {c.PromptUnits} units");
        text.Append(c.Prompt).Append('\n');
        if (c.NegativePrompt is not null)
            Line($"negative    {c.NegativePrompt}");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Window(CameraWindow w) => string.Create(CultureInfo.InvariantCulture, $"x{w.Zoom} ({w.CenterX}, {w.CenterY})");
}
