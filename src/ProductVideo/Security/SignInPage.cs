using System.Net;
using Microsoft.AspNetCore.Http;

namespace ProductVideo.Security;

/// <summary>What somebody without a session sees: how to get one.</summary>
internal static class SignInPage
{
    /// <summary>Who has no link is told how to get one.</summary>
    /// <param name="command">Run on the server it prints one; null where strangers are not told.</param>
    public static IResult WithoutLink(string? command) =>
        Result(StatusCodes.Status401Unauthorized, "Please sign in", $"<p>ProductVideo opens with a one-time link. {HowToGetOne(command)}");

    /// <inheritdoc cref="WithoutLink"/>
    public static IResult OfUsedLink(string? command) =>
        Result(StatusCodes.Status410Gone, "This sign-in link is no longer good", $"<p>Each link works once and for twelve hours. {HowToGetOne(command)}");

    /// <summary>A button that signs in; the link is used up by that alone.</summary>
    public static IResult OfLink(string token) => Result(
        StatusCodes.Status200OK, "Sign in to ProductVideo",
        $"""<p>This link works once.</p><form method="post" action="/sign-in"><input type="hidden" name="token" value="{WebUtility.HtmlEncode(token)}"><button>Sign in</button></form>""");

    private static string HowToGetOne(string? command) => command is null
        ? "Ask whoever looks after the server for a new one.</p>"
        : $"For a new one, run this on the server:</p><p><code>{WebUtility.HtmlEncode(command)}</code></p>";

    private static IResult Result(int status, string title, string body) => Results.Content(Html(title, body), "text/html; charset=utf-8", statusCode: status);

    private static string Html(string title, string body) =>
        $$"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,"><title>Sign in · ProductVideo</title>
          <style>
            :root { color-scheme: light dark }
            body { font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem }
            h1 { font-size: 1.5rem } code { padding: .15em .4em; border-radius: .3em; background: color-mix(in srgb, currentColor 12%, transparent) }
            button { font: inherit; font-weight: 600; padding: .5rem 1.25rem; border-radius: .5rem; cursor: pointer }
          </style>
        </head>
        <body>
          <h1>{{title}}</h1>
          {{body}}
        </body>
        </html>
        """;
}
