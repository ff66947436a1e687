namespace ProductVideo.Storefronts.Vendure;

/// <summary>In which of the shop's languages it is asked. One that it does not have it takes without a word, and answers in its default one.</summary>
internal static class VendureLanguage
{
    /// <param name="locale">As the settings have it, for example <c>de-AT</c>.</param>
    /// <param name="available">The shop's languages, for example <c>de_AT</c>.</param>
    /// <returns>The shop's own spelling of it; else that of the language alone, for Vendure knows no <c>de_DE</c>; null where the shop has neither.</returns>
    public static string? Of(string locale, IReadOnlyList<string> available)
    {
        var exact = Spelled(locale);
        return new[] { exact, exact.Split('_')[0] }.Select(code => available.FirstOrDefault(one => string.Equals(one, code, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(found => found is not null);
    }

    /// <summary>As Vendure writes languages.</summary>
    public static string Spelled(string locale) => locale.Replace('-', '_');
}
