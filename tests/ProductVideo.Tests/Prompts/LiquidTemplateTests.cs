using System.Globalization;
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
    [InlineData("{{ pictures.names.size }}{{ pictures.names.first }}{{ pictures.names[1] }}", "2[Image 1][Image 2]")]
    [InlineData("{{ \"}}\" }}", "}}")]
    [InlineData("{{ 'a|b, c: d' | replace: ', c: ', \"|\" | append: '-%}'}}", "a|b|d-%}")]
    [InlineData("{{ pictures.count | times: 7 | minus: 0.5 }}", "13.5")]
    [InlineData("{{ people }}{{ people | default: 'x' }}{{ pictures.names | default: 'x' | size }}", "falsex2")]
    [InlineData("{{ pictures.count\n  | plus: 1 }}", "3")]
    public void values_are_written(string source, string expected) => Render(source).ShouldBe(expected);

    [Theory]
    [InlineData("{% if people %}a{% else %}b{% endif %}", "b")]
    [InlineData("{% if product.material %}a{% elsif product.title == 'Mug' %}b{% else %}c{% endif %}", "b")]
    [InlineData("{% unless people %}a{% endunless %}", "a")]
    [InlineData("{% if pictures.count > 1 and product.title contains 'Mu' %}a{% endif %}", "a")]
    [InlineData("{% if people or pictures.count >= 2 %}a{% endif %}", "a")]
    [InlineData("{% if pictures.count != 2 %}a{% endif %}", "")]
    [InlineData("{% for p in pictures.names %}<{{ p }}>{% endfor %}", "<[Image 1]><[Image 2]>")]
    [InlineData("a{% comment %} {% if %} {{ x }} {% endcomment %}b", "ab")]
    [InlineData("{% case product.title %}{% when 'Cup' or 'Mug' %}a{% else %}b{% endcase %}", "a")]
    [InlineData("{% assign x = product.title | upcase %}{% capture y %}<{{ x }}>{% endcapture %}{{ y | append: x }}", "<MUG>MUG")]
    [InlineData("{% for i in (1..3) reversed %}{{ i }}{% unless forloop.last %}{% cycle '-', ';' %}{% endunless %}{% endfor %}", "3-2;1")]
    [InlineData("{% for p in pictures.names limit: 1 offset:1 %}{{ p }}{% else %}none{% endfor %}", "[Image 2]")]
    [InlineData("{% for i in (1..pictures.count) %}{% if i == 2 %}{% break %}{% endif %}{{ i }}{% endfor %}", "1")]
    [InlineData("{% increment n %}{% increment n %}", "01")]
    [InlineData("{% if product.material == blank and pictures.names != empty %}a{% endif %}", "a")]
    [InlineData("{% raw %}{{ x }}{% if %}{% endraw %}", "{{ x }}{% if %}")]
    [InlineData("a {%- raw -%} b {% endraw -%} c", "a b c")]
    [InlineData("a{%- comment %}{{{% endcomment -%} b", "ab")]
    [InlineData("a \n{%- if true -%}\n b \n{%- endif -%}\n c", "abc")]
    public void tags_decide_what_is_written(string source, string expected) => Render(source).ShouldBe(expected);

    [Theory]
    [InlineData("{{ product.title }}")]
    [InlineData("{% assign x = product.title %}{{ x }}")]
    [InlineData("{% capture x %}{{ product.title }}{% endcapture %}{{ x | strip }}")]
    [InlineData("{% assign x = '' | append: product.title %}{% for y in pictures.names limit: 1 %}{{ x }}{% endfor %}")]
    public void a_value_that_looks_like_liquid_stays_as_it_is(string source)
    {
        const string Title = "{{ 7 | times: 6 }}{% for x in y %}{% include 'z' %}";
        var values = new Dictionary<string, object?>(Values, StringComparer.Ordinal) { ["product.title"] = Title };
        LiquidTemplate.Parse(source, Names).Render(values).ShouldBe(Title);
    }

    [Fact]
    public void a_culture_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            Render("{{ 'TITLE' | downcase }} {{ 'i' | upcase }} {{ 1.5 | plus: 1 }} {{ '2.5' | times: 2 }}").ShouldBe("title I 2.5 5");
            CultureInfo.CurrentCulture.Name.ShouldBe("tr-TR");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void many_threads_may_render_one_template()
    {
        var template = LiquidTemplate.Parse("{% assign x = product.title %}{% for p in pictures.names %}{% cycle 'a', 'b' %}{{ x }}{% increment n %}{% endfor %}", Names);
        Parallel.For(0, 200, i =>
        {
            var title = i.ToString(CultureInfo.InvariantCulture);
            var values = new Dictionary<string, object?>(Values, StringComparer.Ordinal) { ["product.title"] = title };
            template.Render(values).ShouldBe($"a{title}0b{title}1");
        });
    }

    [Theory]
    [InlineData("ok\n{{ product.secret }}", 2, "product.secret")]
    [InlineData("{{ product.title.Length }}", 1, "product.title.Length")]
    [InlineData("{{ product }}", 1, "'product'")]
    [InlineData("{{ product['title'] }}", 1, "product['title']")]
    [InlineData("{{ x }}{% assign x = 1 %}", 1, "'x'")]
    [InlineData("{% if people %}\n{% elsif x %}{% endif %}", 2, "'x'")]
    [InlineData("{% case people %}\n{% when x %}{% endcase %}", 2, "'x'")]
    [InlineData("{{ 'a' | append:\nx }}", 1, "'x'")]
    [InlineData("{% for i in (1..x) %}{% endfor %}", 1, "'x'")]
    [InlineData("{{ pictures.names[x] }}", 1, "pictures.names[x]")]
    [InlineData("{{ forloop.index }}", 1, "forloop.index")]
    [InlineData("\n\n{{ product.title | shout }}", 3, "shout")]
    [InlineData("{{ 'now' | date: '%Y' }}", 1, "'date' is not a filter")]
    [InlineData("{{ 1 | product_video_step: 1 }}", 1, "product_video_step")]
    [InlineData("\n{% include 'x' %}", 2, "'include' is not a tag")]
    [InlineData("{% render 'x' %}", 1, "'render' is not a tag")]
    [InlineData("{% if people %}{%- extends 'x' -%}{% endif %}", 1, "'extends' is not a tag")]
    [InlineData("{% block x %}{% endblock %}", 1, "'block' is not a tag")]
    [InlineData("{% param culture = 'de' %}", 1, "'param' is not a tag")]
    [InlineData("{% tablerow p in pictures.names %}{% endtablerow %}", 1, "'tablerow' is not a tag")]
    [InlineData("{% assign product = 1 %}", 1, "'product' is given")]
    [InlineData("{% assign x = (1..2000000000) %}", 1, "can't be read")]
    [InlineData("{% for i in (..2) %}{% endfor %}", 1, "can't be read")]
    [InlineData("{{ 12345678901 }}", 1, "can't be read")]
    [InlineData("{% cycle product.title %}", 1, "texts in quotes")]
    [InlineData("{% cycle 'a', 'b,c' %}", 1, "without commas")]
    [InlineData("a\n{% if people %}b", 2, "endif")]
    [InlineData("{% if people %}\n{% endfor %}", 2, "endfor")]
    [InlineData("{% if people %}{% else %}{% else %}{% endif %}", 1, "else")]
    [InlineData("{% if people %}{% when 1 %}{% endif %}", 1, "when")]
    [InlineData("x\n{% endif %}", 2, "endif")]
    [InlineData("x\n{{ product.title", 2, "}}")]
    [InlineData("x\n{% if people", 2, "%}")]
    [InlineData("{% if %}{% endif %}", 1, "value")]
    [InlineData("{% if people == %}{% endif %}", 1, "value")]
    [InlineData("{% if people == true == true %}{% endif %}", 1, "==")]
    [InlineData("{% if people | default: true %}{% endif %}", 1, "'|'")]
    [InlineData("{% if people %}{% endif x %}", 1, "'x'")]
    [InlineData("{{ }}", 1, "value")]
    [InlineData("{% %}", 1, "tag")]
    [InlineData("{{ 'x }}", 1, "}}")]
    [InlineData("{{ product.title | default }}", 1, "default")]
    [InlineData("{{ product.title | upcase: 1 }}", 1, "takes no value")]
    [InlineData("{{ product.title | append: 1, 2 }}", 1, "fewer")]
    [InlineData("{{ product.title people }}", 1, "people")]
    [InlineData("{{ product.title $ }}", 1, "$")]
    [InlineData("{% for p of pictures.names %}{% endfor %}", 1, "for name in list")]
    [InlineData("{% for p in pictures.names %}{% endfor %}{{ p }}", 1, "'p'")]
    [InlineData("{% comment %}", 1, "endcomment")]
    [InlineData("\n{% raw %}{{ x }}", 2, "endraw")]
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

    [Theory]
    [InlineData("\n{% assign x = '0123456789' | append: '0123456789' | append: '0123456789' %}{% for i in (1..900) %}{{ x }}{% endfor %}", 2)]
    [InlineData("{% for i in (1..300) %}0123456789012345678901234567890123456789012345678901234567890123456789{% endfor %}", 1)]
    [InlineData("{% capture x %}{% for i in (1..300) %}0123456789012345678901234567890123456789012345678901234567890123456789{% endfor %}{% endcapture %}", 1)]
    [InlineData("{% assign x = 'xx' %}{% for i in (1..9) %}\n{% assign x = x | append: x | append: x %}{% endfor %}", 2)]
    [InlineData("{% assign x = 'aaaaaaaaaa' %}{% for i in (1..99) %}{% assign x = x | replace: 'a', 'aaaaaaaaaa' %}{% endfor %}", 1)]
    [InlineData("{% assign x = 'x' %}{% for i in (1..99) %}{% capture x %}{{ x }}{{ x }}{% endcapture %}{% endfor %}", 1)]
    public void a_template_cannot_write_without_end(string source, int line)
    {
        var error = Should.Throw<LiquidException>(() => Render(source));
        error.Message.ShouldContain("characters");
        error.Line.ShouldBe(line);
    }

    [Theory]
    [InlineData("{% for a in (1..1000) %}{% for b in (1..1000) %}{% endfor %}{% endfor %}")]
    [InlineData("{% for a in (1..1000) %}{% for b in (1..1000) %}{% continue %}{% endfor %}{% endfor %}")]
    [InlineData("{% for a in (1..1000) %}{% if people %}{% elsif true %}{% assign x = '' | strip | strip | strip | strip | strip %}{% endif %}{% endfor %}")]
    public void a_template_cannot_work_without_end(string source) =>
        Should.Throw<LiquidException>(() => Render(source)).Message.ShouldContain("steps");

    [Fact]
    public void a_loop_cannot_run_without_end() =>
        Should.Throw<LiquidException>(() => Render("{% for a in (1..999999999) %}{% break %}{% endfor %}")).Message.ShouldContain("5000");

    [Theory]
    [InlineData("a\n{{ 1 | divided_by: 0 }}", 2)]
    [InlineData("{% if true %}\n\n{{ 'x' | truncate: 'y' }}{% endif %}", 3)]
    [InlineData("{{ 'x' | currency: 'no such culture' }}", 1)]
    public void what_cannot_be_done_throws_and_is_never_written(string source, int line) =>
        Should.Throw<LiquidException>(() => Render(source)).Line.ShouldBe(line);

    [Fact]
    public void any_source_is_read_or_refused_and_nothing_else() =>
        Gen.String[Gen.Char["{}%-| .:'\"abif\nend(1)=[,"], 0, 60].Sample(source => { ReadOrRefused(source); });

    [Fact]
    public void any_row_of_liquid_is_read_or_refused_and_nothing_else()
    {
        var rendered = 0;
        Gen.OneOf(Pieces).Array[0, 14].Select(string.Concat).Sample(source => rendered += ReadOrRefused(source) ? 1 : 0, iter: 5_000, threads: 1);
        rendered.ShouldBeGreaterThan(200);
    }

    private static readonly string[] Pieces =
    [
        "{{ product.title }}", "{% if people %}", "{% else %}", "{% elsif pictures.count > 1 %}", "{% endif %}", "{% for p in pictures.names %}", "{% endfor %}",
        "{% assign x = product.title | append: 'a' %}", "{{ x }}", "{{ p | upcase }}", "{% case product.title %}", "{% when 'Mug', x %}", "{% endcase %}",
        "{% for i in (1..9) reversed limit: 2 %}", "{% capture y %}", "{% endcapture %}", "{{ y | split: 'a' | join: x }}", "{{- i -}}", "{% ifchanged %}",
        "{% endifchanged %}", "{% raw %}", "{% endraw %}", "{% comment %}", "{% endcomment %}", "{% break %}", "{% cycle 'a', 'b' %}", "{% increment n %}",
        "{{ ", " }}", "{% ", " %}", "'", " | ", ", ", "\n", " text ", "{{ forloop.last | default: 1 }}", "{{ 7 | divided_by: pictures.count | times: 1.5 }}",
    ];

    private static bool ReadOrRefused(string source)
    {
        try
        {
            LiquidTemplate.Parse(source, Names).Render(Values).Length.ShouldBeLessThanOrEqualTo(LiquidTemplate.MostCharacters);
            return true;
        }
        catch (LiquidException e)
        {
            e.Line.ShouldBeInRange(1, source.Count(c => c == '\n') + 1);
            e.InnerException.ShouldBeNull($"DotLiquid and not the reader refused: {source}");
            return false;
        }
    }

    private static string Render(string source) => LiquidTemplate.Parse(source, Names).Render(Values);
}
