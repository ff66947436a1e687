using ProductVideo.Catalog;

namespace ProductVideo.Prompts;

/// <summary>Finds the template whose words a product shares: its type weighs most, then tags, then the title.</summary>
internal static class TemplateChoice
{
    public static SuitedTemplates Choose(IReadOnlyList<PromptTemplate> templates, ProductSnapshot product)
    {
        var type = Words.Of(product.ProductType);
        var tags = Words.Of(string.Join(' ', product.Tags.Take(100)));
        var title = Words.Of(product.Title);
        var fallback = templates.FirstOrDefault(t => t.IsDefault) ?? templates[0];
        var suiting = templates
            .Where(t => t.MinPictures <= product.Images.Count)
            .Select(t => (Template: t, Score: (4 * Hits(t, type)) + (2 * Hits(t, tags)) + Hits(t, title)))
            .Where(t => t.Score > 0)
            .OrderByDescending(t => t.Score)
            .Select(t => t.Template)
            .ToList();
        return new SuitedTemplates(suiting.FirstOrDefault() ?? fallback, suiting.Find(t => !t.FreeStart) ?? fallback);
    }

    private static int Hits(PromptTemplate template, Words words)
    {
        var hits = 0;
        foreach (var suit in template.Suits)
            hits += words.Hold(suit) ? 1 : 0;
        return hits;
    }

    private sealed record Words(string Text, string[] Each)
    {
        public static Words Of(string? text)
        {
            var lower = PlainText.OneLine(text, 1_000).ToLowerInvariant();
            var marks = lower.Where(c => !char.IsLetterOrDigit(c) && !char.IsSurrogate(c)).Distinct().ToArray();
            return new Words(lower, marks.Length == 0 ? [lower] : lower.Split(marks, StringSplitOptions.RemoveEmptyEntries));
        }

        /// <summary>A dry run asks this of each word of each product: nothing is allocated for it.</summary>
        public bool Hold(string suit)
        {
            foreach (var c in suit)
            {
                if (!char.IsLetter(c))
                    return Text.Contains(suit, StringComparison.Ordinal);
            }

            foreach (var word in Each)
            {
                if (Fits(suit, word))
                    return true;
            }

            return false;
        }

        // "Kaffeebecher" ends with its short word, "vases" begins with it, and Arabic and Chinese hold it anywhere; short words would be found in too many,
        // as "spring" ends with "ring" and "wardrobe" with "robe".
        private static bool Fits(string suit, string word) => word == suit || (word.Length == suit.Length + 1 && word[^1] == 's' && word.StartsWith(suit, StringComparison.Ordinal)) || (suit[0] > '\u024F'
            ? suit.Length >= 2 && word.Contains(suit, StringComparison.Ordinal)
            : (suit.Length >= 5 && word.EndsWith(suit, StringComparison.Ordinal)) || (suit.Length >= 4 && word.StartsWith(suit, StringComparison.Ordinal) && word.Length <= suit.Length + 2));
    }
}

/// <param name="Free">For a clip that may begin with anything.</param>
/// <param name="FromPicture">For a clip whose first frame is the product's picture: a box that opens first would contradict it.</param>
internal readonly record struct SuitedTemplates(PromptTemplate Free, PromptTemplate FromPicture);
