using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Planning;

namespace ProductVideo.Choosing;

/// <summary>What a list must be. A line that names what is not there would be passed over in silence.</summary>
internal sealed class ListRules(VideoProviders providers)
{
    /// <exception cref="RefusedException">Something is wrong with it; the first mistake names the field.</exception>
    public void Demand(ProviderList list) => Demand(list, "choices");

    /// <param name="list">What is wanted.</param>
    /// <param name="field">The field of the request that holds its lines.</param>
    internal void Demand(ProviderList list, string field)
    {
        if (Mistakes(list).ToList() is [var first, ..] all)
        {
            var text = string.Join(" ", all.Select(mistake => mistake.Text));
            throw new RefusedException(RefusalKind.Invalid, new Problem("invalid_providers", text, text), field + first.Field);
        }
    }

    private IEnumerable<(string Field, string Text)> Mistakes(ProviderList list)
    {
        if (list.Choices.Count is 0 or > ProviderList.MostChoices)
            yield return ("", $"Give 1 to {ProviderList.MostChoices} lines, the best first; to have none, delete the list.");
        for (var place = 0; place < list.Choices.Count; place++)
        {
            foreach (var (field, text) in Mistakes(list.Choices[place]))
                yield return ($"[{place}].{field}", $"Line {place + 1}: {text}");
        }
    }

    private IEnumerable<(string Field, string Text)> Mistakes(ProviderChoice choice)
    {
        var provider = providers.All.FirstOrDefault(provider => provider.Key == choice.Provider);
        if (provider is null)
            yield return ("provider", $"there is no provider '{choice.Provider}'. Choose one of: {string.Join(", ", providers.All.Select(p => p.Key))}.");
        // While it offers no model nothing can be said against the line; each order that passes it over says so.
        else if (provider.Models.Count > 0 && choice.Model is { } model && !provider.Models.Contains(model, StringComparer.Ordinal))
            yield return ("model", $"{provider.DisplayName} has no model '{model}'. Choose one of: {string.Join(", ", provider.Models)}.");
        else if (provider.Models.Count > 0 && choice.Model is { } editor && provider.Capabilities(editor).OnlyEdits)
            yield return ("model", $"{editor} only changes videos that are there. Choose a model that makes them.");
        else if (provider.Models.Count > 0 && choice.Resolution is { } resolution && provider.Capabilities(choice.Model ?? provider.Models[0]).Resolutions is var known && !known.Contains(resolution, StringComparer.Ordinal))
            yield return ("resolution", $"it makes no '{resolution}'. Choose one of: {string.Join(", ", known)}.");
        var only = choice.Only;
        if (IsNoRange(only.MinPrice, only.MaxPrice))
            yield return ("only.minPrice", "the prices are no range. Give two numbers from 0, the lower one as the least.");
        if (IsNoRange(only.MinSeconds, only.MaxSeconds))
            yield return ("only.minSeconds", "the lengths are no range. Give two numbers of seconds from 0, the lower one as the least.");
        foreach (var aspect in only.Aspects.Where(aspect => AspectRatio.Parse(aspect) is null))
            yield return ("only.aspects", $"'{aspect}' is no ratio. Write {AspectRatio.Form}.");
        if (only.ProductTypes.Any(string.IsNullOrWhiteSpace))
            yield return ("only.productTypes", "one of the product types is empty.");
    }

    private static bool IsNoRange(decimal? least, decimal? most) => least < 0 || most < 0 || least > most;
}
