using ProductVideo.Prompts;
using ProductVideo.PromptTemplates;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Prompts;

public sealed class TemplateFolderTests : IDisposable
{
    private readonly string _own = Directory.CreateTempSubdirectory("templates-").FullName;

    public void Dispose() => Directory.Delete(_own, recursive: true);

    [Fact]
    public void the_built_in_templates_are_sound_and_one_is_the_default()
    {
        Products.Templates.All.Select(t => t.Key).ShouldBe(["detail-closeups", "lifestyle", "seasonal", "slow-push-in", "turntable", "unboxing"]);
        Products.Templates.All.Where(t => t.IsDefault).ShouldHaveSingleItem();
        Products.Templates.All.ShouldAllBe(t => t.SceneSeconds >= 8 && t.SceneSeconds <= 12);
    }

    [Fact]
    public void a_shops_own_template_takes_the_place_of_a_built_in_one()
    {
        Write("turntable", "prompt.liquid", "Scene: ours.");
        File.Copy(Path.Combine(TemplateFolder.BuiltIn, "turntable", "template.json"), Path.Combine(_own, "turntable", "template.json"));
        Write(".git", "config", "not a template");
        var catalog = TemplateFolder.Load(_own);
        catalog.All.Count.ShouldBe(6);
        catalog.Get("turntable").PromptSource.ShouldBe("Scene: ours.");
    }

    [Fact]
    public void a_broken_template_is_named_with_its_file()
    {
        Write("mine", "template.json", "{ nope");
        Should.Throw<TemplateException>(() => TemplateFolder.Load(_own)).Message.ShouldStartWith("Prompt template 'mine', template.json line 1");
    }

    [Fact]
    public void a_missing_directory_is_refused() =>
        Should.Throw<TemplateException>(() => TemplateFolder.Read(Path.Combine(_own, "none"))).Message.ShouldContain("none");

    [Fact]
    public void an_oversized_file_is_refused()
    {
        Write("mine", "prompt.liquid", new string('x', 100_001));
        Should.Throw<TemplateException>(() => TemplateFolder.Read(_own)).File.ShouldBe("prompt.liquid");
    }

    private void Write(string key, string file, string text)
    {
        Directory.CreateDirectory(Path.Combine(_own, key));
        File.WriteAllText(Path.Combine(_own, key, file), text);
    }
}
