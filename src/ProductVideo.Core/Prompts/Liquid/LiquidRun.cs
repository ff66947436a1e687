using System.Collections;
using System.Globalization;
using DotLiquid;

namespace ProductVideo.Prompts.Liquid;

/// <summary>
/// Counts one rendering's work. The reader has put a call to <see cref="Step"/> before every tag and output and leads every filter
/// and every output through here, so that neither loops nor captures nor filters go on or grow beyond the bounds.
/// </summary>
internal sealed class LiquidRun
{
    /// <summary>Filters by these names are ours; no template can name them.</summary>
    public const string StepFilter = "product_video_step", CallFilter = "product_video_call", TextFilter = "product_video_text";

    private const int LongestArgument = 1_000;
    private readonly Strainer _standard;
    private int _steps;
    private int _characters;

    public LiquidRun(Context context)
    {
        _standard = LiquidFilters.Strainer(context);
        context.Strainer.AddMethodInfo(StepFilter, this, typeof(LiquidRun).GetMethod(nameof(Step))!);
        context.Strainer.AddMethodInfo(CallFilter, this, typeof(LiquidRun).GetMethod(nameof(Call))!);
        context.Strainer.AddMethodInfo(TextFilter, this, typeof(LiquidRun).GetMethod(nameof(Text))!);
    }

    /// <summary>Where the rendering is, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <param name="line">Of what comes next.</param>
    /// <param name="characters">Of the text just before.</param>
    public object? Step(int line, int characters)
    {
        Line = line;
        Work(characters);
        return null;
    }

    /// <summary>One of Liquid's own filters.</summary>
    /// <param name="input">The value before it.</param>
    /// <param name="name">The filter.</param>
    /// <param name="count">How many arguments were given.</param>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    public object? Call(object? input, string name, int count, object? first = null, object? second = null)
    {
        if (first is string { Length: > LongestArgument } || second is string { Length: > LongestArgument })
            throw new LiquidException(Line, $"gives '{name}' more than {LongestArgument} characters");
        var value = _standard.Invoke(name, [.. new[] { input, first, second }.Take(count + 1)]);
        if (value is IEnumerable and not string)
            value = ((IEnumerable)value).Cast<object?>().Take(LiquidTemplate.MostSteps + 1).ToList();
        Work(Plain(value).Length + (value is ICollection list ? list.Count : 0));
        return value;
    }

    /// <summary>What is written for a value. Not a string, because a host may have told DotLiquid to encode strings for HTML.</summary>
    public object Text(object? value)
    {
        var text = Plain(value);
        Work(text.Length);
        return new Written(text);
    }

    private void Work(int characters)
    {
        if (++_steps > LiquidTemplate.MostSteps)
            throw new LiquidException(Line, $"takes more than {LiquidTemplate.MostSteps} steps");
        _characters += characters;
        if (_characters > LiquidTemplate.MostCharacters)
            throw new LiquidException(Line, $"makes more than {LiquidTemplate.MostCharacters} characters");
    }

    private static string Plain(object? value) => value switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        decimal number => number.ToString("0.#############################", CultureInfo.InvariantCulture),
        IEnumerable list => string.Concat(list.Cast<object?>().Select(Plain)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private sealed class Written(string text)
    {
        public override string ToString() => text;
    }
}
