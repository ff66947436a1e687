using ProductVideo.Catalog;
using ProductVideo.Planning;
using ProductVideo.Providers;

namespace ProductVideo.Prompts;

/// <summary>Makes the plan and the prompt for one clip. Pure: the same product, options and templates give the same composition.</summary>
internal sealed class Composer(TemplateCatalog templates)
{
    /// <exception cref="ComposeException">What was asked for can't be made.</exception>
    public Composition Compose(ProductSnapshot product, ComposeOptions options)
    {
        var can = options.Capabilities;
        var notes = new List<string>();
        CheckWish(options);
        ClipChange.Demand(options, notes);
        var pictures = PictureChoice.Choose(product, options.ImageIds, can.Images, notes);
        var mode = ModeOf(options, pictures.Count);
        if (mode != VideoModes.Slideshow && options.ImageIds is not { Count: > 0 })
        {
            pictures = OneVariant.Of(product, pictures, notes);
            mode = ModeOf(options, pictures.Count);
        }

        if (options is { LastImageId: { } last, SourceClip: null })
            (pictures, mode) = EndingOn(product, last, pictures, mode, can, notes);
        var startsWithPicture = mode is VideoModes.FirstFrame or VideoModes.FirstLastFrame;
        var template = TemplateFor(product, options, startsWithPicture);
        var main = product.Images[pictures[0]].Id;
        pictures = Limit(pictures, mode, can);

        var source = options.SourceClip;
        var aspect = source is null ? ClipChoice.Aspect(options.Aspect, template, can, mode, notes) : ClipChange.Aspect(source);
        var seconds = source?.Seconds ?? ClipChoice.Seconds(options.Seconds, template, can, mode, notes);
        var resolution = ClipChoice.Resolution(options.Resolution, can, notes);
        NoteIgnored(options, mode, notes);

        var film = mode == VideoModes.Slideshow;
        var wish = new PlanWish(template.Recipe, aspect, seconds, film, options.Audio, options.Brand);
        var (plan, filmed) = PlanMaker.Make(product, [.. pictures.Select(i => product.Images[i])], wish, notes);
        if (film)
            pictures = [.. filmed.Select(i => pictures[i])];
        else
            plan = plan with { Shots = source is not null ? [] : [.. plan.Shots.Select(s => s with { ImageIndex = filmed[s.ImageIndex] })] };

        var facts = ProductFacts.Of(product, main);
        var clip = new ClipShape(seconds, aspect, HasSound(options), startsWithPicture);
        var prompt = new PromptWriter(product, options, template, mode, clip, facts).Write(pictures.Count, notes);
        return new Composition
        {
            Template = template.Id,
            Prompt = prompt.Prompt,
            NegativePrompt = prompt.Negative,
            Product = prompt.Product,
            Plan = plan,
            Mode = mode,
            SourceClip = source,
            Seconds = seconds,
            Aspect = aspect.ToString(),
            Resolution = resolution,
            ImageIndexes = pictures,
            Notes = [.. notes.Distinct(StringComparer.Ordinal)],
            Facts = facts,
            AllowsPeople = options.Brand.AllowPeople,
            TextUsed = [.. prompt.TextUsed, .. TextOf(plan)],
            TextGiven = [.. prompt.TextGiven, .. TextOf(plan)],
            PromptUnits = PromptLength.Count(prompt.Prompt, can.Prompt.Unit),
        };
    }

    private static VideoModes ModeOf(ComposeOptions options, int pictures) =>
        options.SourceClip is not null ? VideoModes.Edit
        : ModeChoice.Choose(options.Capabilities, Math.Min(pictures, Math.Max(0, options.Capabilities.Images.MaxCount)))
            ?? throw new ComposeException("model", "This model can't make a clip from product pictures. Choose another one.");

    /// <summary>A model that can't end on a picture is not refused for it: it may be one that stands in for another.</summary>
    private static (IReadOnlyList<int> Pictures, VideoModes Mode) EndingOn(
        ProductSnapshot product, string last, IReadOnlyList<int> pictures, VideoModes mode, ProviderCapabilities can, List<string> notes)
    {
        var end = PictureChoice.Find(product, last, "lastImage");
        if (can.Modes.HasFlag(VideoModes.FirstLastFrame) && can.Images.MaxCount >= 2)
        {
            if (OneVariant.Of(product, [pictures[0], end], []).Count == 1 && end != pictures[0])
                notes.Add("The picture it ends on shows another variant: the model will turn one into the other on the way.");
            return ([pictures[0], end], VideoModes.FirstLastFrame);
        }

        notes.Add("This model can't end its clip on a picture that you choose.");
        return (pictures, mode);
    }

    private PromptTemplate TemplateFor(ProductSnapshot product, ComposeOptions options, bool startsWithPicture)
    {
        if (options.TemplateKey is null)
            return templates.Choose(product) is var suited && startsWithPicture ? suited.FromPicture : suited.Free;
        try
        {
            return templates.Get(options.TemplateKey);
        }
        catch (TemplateException e)
        {
            var names = string.Join(", ", templates.All.Select(t => $"{t.Key} ({t.Name})"));
            throw new ComposeException("template", $"There is no such style. Choose one of these: {names}.", e.Message, e);
        }
    }

    private static void CheckWish(ComposeOptions options)
    {
        if (options.ExtraWish?.Length > ComposeOptions.MaxWishLength)
            throw new ComposeException("wish", $"Your wish is too long. Say it in {ComposeOptions.MaxWishLength} characters at most.");
    }

    private static IReadOnlyList<int> Limit(IReadOnlyList<int> pictures, VideoModes mode, ProviderCapabilities can) => mode switch
    {
        VideoModes.TextToVideo => [],
        VideoModes.FirstFrame => [pictures[0]],
        _ => [.. pictures.Take(can.Images.MaxCount)],
    };

    private static bool HasSound(ComposeOptions options) =>
        options.Capabilities.Audio == AudioSupport.Always || (options.Audio && options.Capabilities.Audio == AudioSupport.Optional);

    private static void NoteIgnored(ComposeOptions options, VideoModes mode, List<string> notes)
    {
        if (options.Audio && mode == VideoModes.Slideshow)
            notes.Add("The film gets a silent sound track.");
        else if (options.Audio && options.Capabilities.Audio == AudioSupport.Never)
            notes.Add("This model makes no sound.");
        if (options.Seed is not null && !options.Capabilities.TakesSeed)
            notes.Add("This model takes no seed; the same order may give another clip.");
        if (mode == VideoModes.TextToVideo)
            notes.Add("This model does not see your pictures: the product in the clip will not look like yours. Choose another model if you can.");
    }

    private static IEnumerable<string> TextOf(ShotPlan plan) =>
        new[] { plan.Caption?.Title, plan.Caption?.Price, plan.EndCard?.Headline, plan.EndCard?.Subline }.OfType<string>();
}
