using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Host.Commands;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.CommandLine;

public sealed class MainJobTests
{
    [Theory]
    [InlineData("stoneware-mug", "stoneware-mug")]
    [InlineData("a/b", "a_b")]
    [InlineData("../../mug", ".._.._mug")]
    [InlineData("..", "..")]
    public void a_clips_file_lies_in_its_folder_whatever_its_product_is_called(string product, string begins)
    {
        var generation = Some.Generation(new GenerationState.AwaitingReview(Some.Clip)) with { Product = new ProductRef("test", product) };
        MainJob.FileName(generation).ShouldBe($"{begins}-{generation.Id:n}.mp4");
    }
}
