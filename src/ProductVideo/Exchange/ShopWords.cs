using System.Text;
using ProductVideo.Catalog;

namespace ProductVideo.Exchange;

/// <summary>What is said in the same words about every kind of shop.</summary>
internal static class ShopWords
{
    public const string Unreachable = "The shop can't be reached just now. We try again by ourselves; nothing is lost.";
    public const string Wait = "The shop asks us to wait a little. We go on by ourselves.";
    public const string Refused = "The shop refused that. Show the operator's text to whoever looks after the shop.";
    public const string TooLarge = "The shop takes no file of this size. Have its limit raised, or order a shorter video.";
    public const string AboveOurLimit = "The video is larger than ProductVideo may send to this shop (MaxClipBytes in its settings). Have that raised, or order a shorter video.";
    public const string ProductGone = "The product is no longer in the shop. Put it back, or leave it be.";
    public const string NotItsData = "The shop answers with something other than its data, perhaps a maintenance page. We try again by ourselves.";
    public const string TooMuch = "The shop's answer is too large to be read. Often pictures stand inside of a product's description: put them there as files of the shop's instead.";
    public const string FailedInside = "Something went wrong inside the shop. We try again by ourselves; if it stays so, show the operator's text to whoever looks after the shop.";

    /// <summary>What a fault means while a person waits for the first answer: nothing is tried again by itself then.</summary>
    /// <param name="fault">Of a shop that is being connected.</param>
    /// <param name="address">The one that was written.</param>
    public static string WhileConnecting(StorefrontException fault, Uri? address)
    {
        var at = address is null ? "" : " at " + address.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return fault.MerchantText switch
        {
            // Without an answer there is what broke the call.
            Unreachable when fault.InnerException is not null => $"Nothing answers{at}. Check the address.",
            Unreachable => $"The shop{at} answers with an error. Try again in a minute; if it stays, look at the shop itself.",
            Wait => "The shop asks to wait a little. Try again in a minute.",
            FailedInside => LookWords.Of(fault),
            NotItsData => $"What answers{at} is not the shop's data, perhaps a maintenance page. Check the address.",
            var other => other,
        };
    }

    public static string LeadsElsewhere(ShopAnswer answer) =>
        $"The shop's address leads elsewhere{(answer.MovedTo is null ? "" : $", to {answer.MovedTo}")}. Write the address that a browser ends up at.";

    public static StorefrontException Gone(string productId, string kind) => new(
        StorefrontFault.ProductNotFound, ProductGone, $"'{productId}' is no id of a product of {kind}.");

    public static StorefrontException BadCursor() => new(
        StorefrontFault.InvalidData, "The list changed meanwhile. Start it again from the top.", "The cursor was not made by this storefront.");

    public static StorefrontException BadKey() => new(
        StorefrontFault.ClipRefused, "The clip can't be attached because its name isn't sound. Make the clip again.",
        "The attach key is not 1 to 64 characters of [a-z0-9-].");

    /// <summary>The beginning of what a shop said, for the operator.</summary>
    public static string Short(string? text) => text is null ? "" : text.Length <= 200 ? text : text[..200] + "…";

    /// <inheritdoc cref="Short(string?)"/>
    public static string Short(byte[] body) => Short(Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 200))));
}
