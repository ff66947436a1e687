using System.Linq.Expressions;
using System.Reflection;

namespace ProductVideo.Data;

/// <summary>Finds rows by words in one of their texts, whatever the case, with the same result on each engine.</summary>
internal static class WordSearch
{
    /// <summary>The most characters of a search; what is longer finds nothing that its beginning does not.</summary>
    public const int MostCharacters = 200;

    // More words than that are a text that was pasted, and each is looked for in every row.
    private const int MostWords = 12;

    private static readonly MethodInfo Contains = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;

    private static readonly MethodInfo ToLower = typeof(string).GetMethod(nameof(string.ToLower), [])!;

    /// <summary>Those in whose text every word stands. <c>%</c> and <c>_</c> are characters like others.</summary>
    /// <param name="rows">Any.</param>
    /// <param name="search">Words, parted by spaces; null or empty for all rows.</param>
    /// <param name="text">In the database's lower case.</param>
    public static IQueryable<T> Holding<T>(this IQueryable<T> rows, string? search, Expression<Func<T, string?>> text)
    {
        foreach (var word in Words(search))
        {
            var holds = Forms(word).Select(form => (Expression)Expression.Call(text.Body, Contains, Parameter(form))).Aggregate(Expression.OrElse);
            rows = rows.Where(Expression.Lambda<Func<T, bool>>(holds, text.Parameters));
        }

        return rows;
    }

    /// <summary>As <see cref="Holding"/>, in a text that the database makes small for it.</summary>
    public static IQueryable<T> HoldingInAnyCase<T>(this IQueryable<T> rows, string? search, Expression<Func<T, string>> text) =>
        rows.Holding(search, Expression.Lambda<Func<T, string?>>(Expression.Call(text.Body, ToLower), text.Parameters));

    /// <returns>Whether there is anything to look for.</returns>
    public static bool IsAsked(string? search) => Words(search).Count > 0;

    private static IReadOnlyList<string> Words(string? search) => search is null ? []
        : [.. Beginning(search).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Replace("\0", "", StringComparison.Ordinal)).Where(word => word.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostWords)];

    /// <summary>Never ends in the middle of a character.</summary>
    private static string Beginning(string search) =>
        search.Length <= MostCharacters ? search : search[..(char.IsHighSurrogate(search[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)];

    /// <summary>
    /// As the word may stand in the database's lower case: SQLite, and PostgreSQL in some locales, makes only the letters A to Z small, so that
    /// of any others there is also the word that begins with a large one, and the one that is large throughout.
    /// </summary>
    private static IEnumerable<string> Forms(string word)
    {
        var small = word.ToLowerInvariant();
        return new[] { small, AsciiLower(char.ToUpperInvariant(small[0]) + small[1..]), AsciiLower(word.ToUpperInvariant()) }.Distinct(StringComparer.Ordinal);
    }

    private static string AsciiLower(string word) => string.Create(word.Length, word, static (small, from) =>
    {
        for (var i = 0; i < small.Length; i++)
            small[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | ' ') : from[i];
    });

    /// <summary>A member and not the text itself, or each search would be a statement of its own to the database.</summary>
    private static MemberExpression Parameter(string form) => Expression.Property(Expression.Constant(new Form(form)), nameof(Form.Word));

    private sealed record Form(string Word);
}
