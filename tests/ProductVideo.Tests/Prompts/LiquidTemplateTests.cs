using CsCheck;
using ProductVideo.Prompts.Liquid;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Prompts;

public class LiquidTemplateTests
{
    private static readonly HashSet<string> Names = ["product.title", "product.material", "pictures.count", "pictures.names", "people"];

    private static readonly Dictionary<string, object?> Values = new(StringComparer.Ordinal)
    {
        ["product.title"] = "Mug",
        ["product.material"] = null,
        ["pictures.count"] = 2,
        ["pictures.names"] = new[] { "[Image 1]", "[Image 2]" },
        ["people"] = false,
    };

    [Theory]
    [InlineData("plain { text } % }", "plain { text } % }")]
    [InlineData("A {{ product.title }}.", "A Mug.")]
    [InlineData("{{ product.material | default: 'stuff' }}", "stuff")]
    [InlineData("{{ product.title | downcase }}", "mug")]
    [InlineData("{{ pictures.names | join: ' and ' }}", "[Image 1] and [Image 2]")]
    [InlineData("{{ pictures.names | first }}{{ pictures.names | last }}{{ pictures.names | size }}", "[Image 1][Image 2]2")]
    [InlineData("{{ \"}}\" }}", "}}")]
    public void values_are_written(string source, string expected) => Render(source).ShouldBe(expected);

    [Theory]
    [InlineData("{% if people %}a{% else %}b{% endif %}", "b")]
    [InlineData("{% if product.material %}a{% elsif product.title == 'Mug' %}b{% else %}c{% endif %}", "b")]
    [InlineData("{% unless people %}a{% endunless %}", "a")]
    [InlineData("{% if pictures.count > 1 and product.title contains 'mu' %}a{% endif %}", "a")]
    [InlineData("{% if people or pictures.count >= 2 %}a{% endif %}", "a")]
    [InlineData("{% if pictures.count != 2 %}a{% endif %}", "")]
    [InlineData("{% for p in pictures.names %}<{{ p }}>{% endfor %}", "<[Image 1]><[Image 2]>")]
    [InlineData("a{% comment %} {% if %} {{ x }} {% endcomment %}b", "ab")]
    [InlineData("a \n{%- if true -%}\n b \n{%- endif -%}\n c", "abc")]
    public void tags_decide_what_is_written(string source, string expected) => Render(source).ShouldBe(expected);

    [Fact]
    public void a_value_that_looks_like_liquid_stays_as_it_is()
    {
        var values = new Dictionary<string, object?>(Values, StringComparer.Ordinal) { ["product.title"] = "{{ 7 | times: 6 }}{% for x in y %}" };
        LiquidTemplate.Parse("{{ product.title }}", Names).Render(values).ShouldBe("{{ 7 | times: 6 }}{% for x in y %}");
    }

    [Theory]
    [InlineData("ok\n{{ product.secret }}", 2, "product.secret")]
    [InlineData("{{ product.title.Length }}", 1, "product.title.Length")]
    [InlineData("\n\n{{ product.title | times: 6 }}", 3, "times")]
    [InlineData("{% assign x = 1 %}", 1, "assign")]
    [InlineData("{% include 'x' %}", 1, "include")]
    [InlineData("a\n{% if people %}b", 2, "endif")]
    [InlineData("{% if people %}\n{% endfor %}", 2, "endfor")]
    [InlineData("{% if people %}{% else %}{% else %}{% endif %}", 1, "else")]
    [InlineData("x\n{% endif %}", 2, "endif")]
    [InlineData("x\n{{ product.title", 2, "}}")]
    [InlineData("{% if %}{% endif %}", 1, "value")]
    [InlineData("{{ }}", 1, "value")]
    [InlineData("{{ product.title | default }}", 1, "default")]
    [InlineData("{{ product.title people }}", 1, "people")]
    [InlineData("{{ product.title $ }}", 1, "$")]
    [InlineData("{% for p of pictures.names %}{% endfor %}", 1, "for name in list")]
    [InlineData("{% for p in pictures.names %}{% endfor %}{{ p }}", 1, "'p'")]
    [InlineData("{% comment %}", 1, "endcomment")]
    public void a_mistake_is_named_with_its_line(string source, int line, string words)
    {
        var error = Should.Throw<LiquidException>(() => LiquidTemplate.Parse(source, Names));
        error.Line.ShouldBe(line);
        error.Message.ShouldContain(words);
    }

    [Fact]
    public void a_template_cannot_nest_without_end()
    {
        var source = string.Concat(Enumerable.Repeat("{% if people %}", 5_000));
        Should.Throw<LiquidException>(() => LiquidTemplate.Parse(source, Names)).Message.ShouldContain("nested");
    }

    [Fact]
    public void a_template_cannot_write_without_end()
    {
        var many = new Dictionary<string, object?>(StringComparer.Ordinal) { ["pictures.names"] = Enumerable.Repeat(new string('x', 1000), 100).ToArray() };
        var template = LiquidTemplate.Parse("{% for p in pictures.names %}{{ p }}{% endfor %}", Names);
        Should.Throw<LiquidException>(() => template.Render(many)).Message.ShouldContain("characters");
    }

    [Fact]
    public void a_template_cannot_work_without_end()
    {
        var many = new Dictionary<string, object?>(StringComparer.Ordinal) { ["pictures.names"] = Enumerable.Repeat("", 1000).ToArray() };
        var template = LiquidTemplate.Parse("{% for a in pictures.names %}{% for b in pictures.names %}{{ b }}{% endfor %}{% endfor %}", Names);
        Should.Throw<LiquidException>(() => template.Render(many)).Message.ShouldContain("steps");
    }

    [Fact]
    public void any_source_is_read_or_refused_and_nothing_else() =>
        Gen.String[Gen.Char["{}%-| .:'\"abif\nend"], 0, 60].Sample(source =>
        {
            try
            {
                LiquidTemplate.Parse(source, Names).Render(Values).Length.ShouldBeLessThanOrEqualTo(LiquidTemplate.MostCharacters);
            }
            catch (LiquidException e)
            {
                e.Line.ShouldBeInRange(1, source.Count(c => c == '\n') + 1);
            }
        });

    private static string Render(string source) => LiquidTemplate.Parse(source, Names).Render(Values);
}
