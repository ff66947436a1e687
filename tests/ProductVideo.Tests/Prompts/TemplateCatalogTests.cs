using ProductVideo.Planning;
using ProductVideo.Prompts;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Prompts;

public class TemplateCatalogTests
{
    private const string Json = """
        {
          "name": "Mine",
          "version": 7,
          "description": "d",
          "aspects": ["1:1"],
          "shots": [
            { "picture": "main", "from": { "zoom": 1 }, "to": { "zoom": 2, "x": 0.4, "y": 0.6 }, "weight": 2 }
          ]
        }
        """;

    [Fact]
    public void a_template_is_read_with_its_defaults()
    {
        var template = Parse(Json).Get("mine");
        template.Name.ShouldBe("Mine");
        template.Id.ShouldMatch("^mine@7-[0-9a-f]{8}$");
        template.SceneSeconds.ShouldBe(10m);
        template.GeneratedSeconds.ShouldBe(5m);
        template.Recipe.Moves.ShouldHaveSingleItem()
            .ShouldBe(new RecipeMove(PictureRole.Main, CameraWindow.Whole, new CameraWindow(2, 0.4, 0.6), 2m));
    }

    [Fact]
    public void any_edit_makes_another_version_and_line_endings_do_not()
    {
        var id = Parse(Json).Get("mine").Id;
        Parse(Json.ReplaceLineEndings("\r\n")).Get("mine").Id.ShouldBe(id);
        Parse(Json, prompt: "Scene: other.").Get("mine").Id.ShouldNotBe(id);
        Parse(Json, negative: "x").Get("mine").Id.ShouldNotBe(id);
        Parse(Json.Replace("0.4", "0.41", StringComparison.Ordinal)).Get("mine").Id.ShouldNotBe(id);
    }

    [Theory]
    [InlineData("\"zoom\": 2", "\"zoom\": 9", 7, "between 1 and 4")]
    [InlineData("\"x\": 0.4", "\"x\": -0.1", 7, "between 0 and 1")]
    [InlineData("\"weight\": 2", "\"weight\": \"2\"", 7, "shots[0].weight")]
    [InlineData("\"version\": 7", "\"version\": 1.5", 3, "version")]
    [InlineData("\"version\": 7", "\"versoin\": 7", 3, "versoin")]
    [InlineData("\"main\"", "\"front\"", 7, "picture")]
    [InlineData("\"name\": \"Mine\"", "\"name\": null", 2, "name")]
    [InlineData("\"aspects\": [\"1:1\"],", "\"aspects\": [\"1:1\"", 6, "can't be read")]
    public void a_mistake_in_the_data_is_named_with_file_and_line(string part, string broken, int line, string words)
    {
        var error = Should.Throw<TemplateException>(() => Parse(Json.Replace(part, broken, StringComparison.Ordinal)));
        error.Template.ShouldBe("mine");
        error.File.ShouldBe("template.json");
        error.Line.ShouldBe(line);
        error.Message.ShouldContain(words);
    }

    [Theory]
    [InlineData("\"1:1\"", "\"square\"", "'aspects'")]
    [InlineData("[\"1:1\"]", "[]", "'aspects'")]
    [InlineData("\"name\": \"Mine\",", "", "name")]
    public void a_gap_in_the_data_is_named(string part, string broken, string words) =>
        Should.Throw<TemplateException>(() => Parse(Json.Replace(part, broken, StringComparison.Ordinal))).Message.ShouldContain(words);

    [Fact]
    public void a_mistake_in_the_liquid_is_named_with_file_and_line()
    {
        var error = Should.Throw<TemplateException>(() => Parse(Json, prompt: "Scene\n{{ product.price }}"));
        error.File.ShouldBe("prompt.liquid");
        error.Line.ShouldBe(2);
        error.Message.ShouldBe("Prompt template 'mine', prompt.liquid line 2: there is no 'product.price'; there are "
            + "clip.aspect, clip.seconds, clip.sound, clip.starts_with_picture, clip.upright, people, pictures.count, pictures.main, pictures.names, product.brand, "
            + "product.colour, product.material, product.size, product.title, product.type, product.use.");
    }

    [Theory]
    [InlineData("{% include 'x' %}", "'include' is not a tag")]
    [InlineData("{{ 'x' | shout }}", "'shout' is not a filter")]
    [InlineData("{% if people %}", "never closed")]
    public void what_liquid_does_not_have_here_is_named_with_file_and_line(string source, string words)
    {
        var error = Should.Throw<TemplateException>(() => Parse(Json, negative: $"glare,\n{source}"));
        (error.File, error.Line).ShouldBe(("negative.liquid", 2));
        error.Message.ShouldContain(words);
    }

    [Fact]
    public void a_scene_that_cannot_be_written_is_refused_and_no_error_stands_in_a_prompt()
    {
        var composer = new Composer(Parse(Json, prompt: "Scene\n{{ pictures.count | divided_by: 0 }}"));
        var error = Should.Throw<ComposeException>(() => composer.Compose(Products.Mug, Products.For(Products.HappyHorse)));
        error.Field.ShouldBe("template");
        error.Message.ShouldStartWith("Prompt template 'mine' line 2: ");
    }

    [Fact]
    public void a_missing_and_an_unknown_file_are_named()
    {
        Should.Throw<TemplateException>(() => TemplateCatalog.Parse([new("mine", new Dictionary<string, string> { ["template.json"] = Json })]))
            .Message.ShouldContain("prompt.liquid: is missing");
        Should.Throw<TemplateException>(() => TemplateCatalog.Parse([new("mine", new Dictionary<string, string> { ["prompt.txt"] = "x" })]))
            .File.ShouldBe("prompt.txt");
    }

    [Theory]
    [InlineData("My Template")]
    [InlineData("")]
    [InlineData("a@b")]
    public void a_key_is_a_plain_folder_name(string key) =>
        Should.Throw<TemplateException>(() => TemplateCatalog.Parse([new(key, new Dictionary<string, string>())])).Template.ShouldBe(key);

    [Fact]
    public void a_later_folder_takes_the_place_of_an_earlier_one()
    {
        var catalog = TemplateCatalog.Parse([Files("turntable", Json), Files("other", Json), Files("turntable", Json.Replace("Mine", "Ours", StringComparison.Ordinal))]);
        catalog.All.Select(t => t.Name).ShouldBe(["Mine", "Ours"]);
    }

    [Fact]
    public void an_unknown_template_is_refused_with_those_that_exist() =>
        Should.Throw<TemplateException>(() => Products.Templates.Get("spin"))
            .Message.ShouldBe("Prompt template 'spin': does not exist; there are detail-closeups, lifestyle, seasonal, slow-push-in, turntable, unboxing.");

    [Fact]
    public void no_templates_at_all_is_refused() => Should.Throw<TemplateException>(() => TemplateCatalog.Parse([]));

    private static TemplateCatalog Parse(string json, string prompt = "Scene: a table.", string? negative = null) =>
        TemplateCatalog.Parse([Files("mine", json, prompt, negative)]);

    private static TemplateFiles Files(string key, string json, string prompt = "Scene: a table.", string? negative = null)
    {
        var files = new Dictionary<string, string> { ["template.json"] = json, ["prompt.liquid"] = prompt };
        if (negative is not null)
            files["negative.liquid"] = negative;
        return new TemplateFiles(key, files);
    }
}
