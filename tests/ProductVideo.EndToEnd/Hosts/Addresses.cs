using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ProductVideo.EndToEnd.Hosts;

/// <summary>
/// Waits for where a page leads. The library's own waiting for an address waits for the page's load too, and misses one that ends just as it
/// begins to listen; whoever goes on from here waits for what it needs on the page anyway.
/// </summary>
internal static class Addresses
{
    // A bound for a loaded machine, not a wait.
    private const float Bound = 180_000;

    /// <summary>Waits until the page's address holds <paramref name="part"/>.</summary>
    public static Task ShouldComeToAsync(this IPage page, string part) => Assertions.Expect(page).ToHaveURLAsync(Holding(part), new() { Timeout = Bound });

    /// <summary>Waits until it holds it no more.</summary>
    public static Task ShouldLeaveAsync(this IPage page, string part) => Assertions.Expect(page).Not.ToHaveURLAsync(Holding(part), new() { Timeout = Bound });

    private static Regex Holding(string part) => new(Regex.Escape(part), RegexOptions.None, TimeSpan.FromSeconds(1));
}
