using System.Text;

namespace ProductVideo.Prompts.Liquid;

/// <summary>
/// The part of Liquid that prompts need: <c>{{ name | filter }}</c>, <c>if/elsif/else</c>, <c>unless</c>, <c>for … in</c>,
/// <c>comment</c>, and <c>-</c> for trimming. Names are checked against a list when the template is read, and there is nothing that assigns, includes
/// or counts, so a template can neither reach beyond its values nor grow beyond <see cref="MostCharacters"/>.
/// </summary>
internal sealed class LiquidTemplate
{
    public const int MostCharacters = 20_000;
    private readonly IReadOnlyList<LiquidNode> _nodes;

    private LiquidTemplate(IReadOnlyList<LiquidNode> nodes) => _nodes = nodes;

    /// <param name="source">The template's text.</param>
    /// <param name="names">The dotted names that it may use.</param>
    /// <exception cref="LiquidException">It can't be read; with the line.</exception>
    public static LiquidTemplate Parse(string source, IReadOnlySet<string> names) =>
        new(new LiquidParser(LiquidLexer.Split(source), names).ParseAll());

    /// <summary>Writes the template with <paramref name="values"/>, which stand by their dotted names: text, truth values, whole numbers and lists of text.</summary>
    /// <exception cref="LiquidException">It grew too long or took too many steps.</exception>
    public string Render(IReadOnlyDictionary<string, object?> values)
    {
        var run = new LiquidRun(values);
        run.Write(_nodes);
        return run.Text;
    }
}

/// <summary>One rendering: values, loop variables, what was written and how much work it was.</summary>
internal sealed class LiquidRun(IReadOnlyDictionary<string, object?> values)
{
    private const int MostSteps = 5_000;
    private readonly Dictionary<string, object?> _loops = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private int _steps;

    public string Text => _text.ToString();

    public object? this[string name] =>
        _loops.TryGetValue(name, out var item) ? item : values.GetValueOrDefault(name);

    public void Write(IReadOnlyList<LiquidNode> nodes)
    {
        foreach (var node in nodes)
        {
            if (++_steps > MostSteps)
                throw new LiquidException(node.Line, $"takes more than {MostSteps} steps");
            node.Write(this);
        }
    }

    public void Write(string text, int line)
    {
        if (_text.Length + text.Length > LiquidTemplate.MostCharacters)
            throw new LiquidException(line, $"writes more than {LiquidTemplate.MostCharacters} characters");
        _text.Append(text);
    }

    public void Each(string name, IReadOnlyList<string> items, IReadOnlyList<LiquidNode> body)
    {
        foreach (var item in items)
        {
            _loops[name] = item;
            Write(body);
        }

        _loops.Remove(name);
    }
}
