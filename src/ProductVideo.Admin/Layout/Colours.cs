using Microsoft.AspNetCore.Http;

namespace ProductVideo.Admin.Layout;

/// <summary>Light or dark, as <c>admin.js</c> remembers it in cookies.</summary>
/// <param name="Dark">What the page starts with.</param>
/// <param name="Chosen">Whether a person chose it; otherwise it follows the system.</param>
public sealed record Colours(bool Dark, bool Chosen)
{
    public static Colours Of(IRequestCookieCollection cookies) => cookies["productvideo-colours"] is { Length: > 0 } chosen
        ? new(chosen == "dark", Chosen: true)
        : new(cookies["productvideo-system"] == "dark", Chosen: false);
}
