using System.Globalization;
using DotLiquid;

namespace ProductVideo.Prompts.Liquid;

/// <summary>
/// A prompt in Liquid, read and rendered by DotLiquid within bounds: it reaches its values and nothing else, no file, clock or other
/// template; whatever is unknown is refused when it is read; and none of DotLiquid's global settings is changed or relied upon.
/// Any number of threads may render one.
/// </summary>
internal sealed class LiquidTemplate
{
    /// <summary>Of all that a rendering writes, captures and filters.</summary>
    public const int MostCharacters = 20_000;

    /// <summary>Tags, outputs and filters that a rendering comes by.</summary>
    public const int MostSteps = 5_000;

    private readonly Document _document = new();

    private LiquidTemplate(IReadOnlyList<(string Text, int Line)> tokens)
    {
        var ahead = tokens.Select(t => t.Text).ToList();
        try
        {
            _document.Initialize(null!, null!, ahead);
        }
        catch (Exception e)
        {
            // What is read leaves the list, so the last to leave is at fault.
            throw new LiquidException(tokens[tokens.Count - ahead.Count - 1].Line, e.Message.TrimEnd('.'), e);
        }
    }

    /// <param name="source">The template's text.</param>
    /// <param name="names">The dotted names that it may use.</param>
    /// <exception cref="LiquidException">It can't be read; with the line.</exception>
    public static LiquidTemplate Parse(string source, IReadOnlySet<string> names) => new(new LiquidReader(names).Read(LiquidLexer.Split(source)));

    /// <summary>Writes the template with <paramref name="values"/>, which stand by their dotted names: text, truth values, whole numbers and lists of text.</summary>
    /// <exception cref="LiquidException">It grew too long, took too many steps or asked for what can't be done.</exception>
    public string Render(IReadOnlyDictionary<string, object?> values)
    {
        var context = new Context(
            [Nested(values)], new Hash(), new Hash(), ErrorsOutputMode.Rethrow, MostSteps, CultureInfo.InvariantCulture, CancellationToken.None)
        {
            SyntaxCompatibilityLevel = SyntaxCompatibility.DotLiquid22a,
        };
        var run = new LiquidRun(context);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            // Some filters and comparisons take the thread's culture, not the context's.
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            _document.Render(context, text);
        }
        catch (Exception e) when (e is not LiquidException)
        {
            throw new LiquidException(run.Line, e.Message.TrimEnd('.'), e);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        var length = text.GetStringBuilder().Length;
        return length <= MostCharacters ? text.ToString() : throw new LiquidException(run.Line, $"makes more than {MostCharacters} characters");
    }

    private static Hash Nested(IReadOnlyDictionary<string, object?> values)
    {
        var root = new Hash();
        foreach (var (name, value) in values)
        {
            var owner = root;
            var path = name.Split('.');
            foreach (var part in path[..^1])
                owner = (Hash)(owner[part] ??= new Hash());
            owner[path[^1]] = value is IEnumerable<string> list ? list.ToArray() : value;
        }

        return root;
    }
}
