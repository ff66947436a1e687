using Microsoft.AspNetCore.Http;
using ProductVideo.Admin.Layout;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class ColoursTests
{
    [Theory]
    [InlineData("", false, false)]
    [InlineData("productvideo-system=dark", true, false)]
    [InlineData("productvideo-system=dark; productvideo-colours=light", false, true)]
    [InlineData("productvideo-system=light; productvideo-colours=dark", true, true)]
    [InlineData("productvideo-colours=%3Cscript%3E", false, true)]
    public void a_choice_goes_before_the_system(string cookies, bool dark, bool chosen)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = cookies;

        Colours.Of(context.Request.Cookies).ShouldBe(new Colours(dark, chosen));
    }
}
