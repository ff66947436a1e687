using System.Net;
using Microsoft.AspNetCore.Http;

namespace ProductVideo.Security;

/// <summary>What somebody without a session sees: how to get one.</summary>
internal static class SignInPage
{
    public static IResult Result(bool linkWasUsed, string? command) => Results.Content(Html(linkWasUsed, command), "text/html; charset=utf-8", statusCode: linkWasUsed ? 410 : 401);

    private static string Html(bool linkWasUsed, string? command) =>
        $$"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,"><title>Sign in · ProductVideo</title>
          <style>
            :root { color-scheme: light dark }
            body { font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem }
            h1 { font-size: 1.5rem } code { padding: .15em .4em; border-radius: .3em; background: color-mix(in srgb, currentColor 12%, transparent) }
          </style>
        </head>
        <body>
          <h1>{{(linkWasUsed ? "This sign-in link is no longer good" : "Please sign in")}}</h1>
          <p>{{(linkWasUsed ? "Each link works once and for twelve hours." : "ProductVideo opens with a one-time link.")}}
             {{(command is null ? "Ask whoever looks after the server for a new one.</p>" : $"The server printed one when it started. For a new one, run this on the server:</p>\n  <p><code>{WebUtility.HtmlEncode(command)}</code></p>")}}
        </body>
        </html>
        """;
}
