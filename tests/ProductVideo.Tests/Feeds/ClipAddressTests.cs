using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Feeds;

/// <summary>Where a clip's file is goes from the shop's answer into the row, and comes out again.</summary>
public sealed class ClipAddressTests
{
    [Fact]
    public void what_the_shop_says_is_kept_with_the_published_clip()
    {
        var publishing = Some.Generation(new GenerationState.Publishing(Some.Clip, "pv-1", "tester", Some.Noon));
        var attached = new Answer.Attached(new AttachedMedia("media-1", "/shop/mug", WasThere: true) { ClipUrl = "https://cdn.example/mug.mp4" });
        var published = GenerationMachine.Apply(publishing, attached, Some.Noon, Some.Rules()).State;
        published.ShouldBeOfType<GenerationState.Published>().ClipUrl.ShouldBe("https://cdn.example/mug.mp4");
        Json.Read<GenerationState>(Json.Write(published)).ShouldBeOfType<GenerationState.Published>().ClipUrl.ShouldBe("https://cdn.example/mug.mp4");
    }

    [Fact]
    public void what_was_published_before_it_was_kept_is_still_read()
    {
        GenerationState published = new GenerationState.Published(Some.Clip, "pv-1", "media-1", "/shop/mug", Some.Noon);
        var document = Json.Write(published);
        document.ShouldNotContain("clipUrl");
        Json.Read<GenerationState>(document).ShouldBeOfType<GenerationState.Published>().ClipUrl.ShouldBeNull();
    }
}
