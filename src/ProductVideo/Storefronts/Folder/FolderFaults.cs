using System.Globalization;
using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Storefronts.Folder.Products;

namespace ProductVideo.Storefronts.Folder;

/// <summary>The refusals of a folder shop, each with its text for the merchant and its text for the operator.</summary>
internal static class FolderFaults
{
    public static StorefrontException Gone(string productId) => new(
        StorefrontFault.ProductNotFound,
        "The product isn't in the shop's folder any more. Put it back, or leave it be.",
        $"No product '{Field.Shorten(productId)}' in products.csv or products/*.json.");

    public static StorefrontException Invalid(IReadOnlyList<FolderProblem> problems) => new(
        StorefrontFault.InvalidData,
        string.Join(' ', problems.Take(5)) + (problems.Count > 5 ? " There are more mistakes; see the shop's list." : ""),
        $"{problems.Count} problem(s) in the shop's folder: {string.Join(" | ", problems.Take(20))}");

    public static StorefrontException NoPicture(string key, Exception? inner) => new(
        StorefrontFault.InvalidData,
        $"The picture “{Field.Shorten(key)}” isn't in the shop's folder. Add it, or take it off the product.",
        $"Picture '{Field.Shorten(key)}' does not exist under the shop's folder.", inner);

    public static StorefrontException OutsideShop(string key) => new(
        StorefrontFault.InvalidData,
        "A picture of the product leads out of the shop's folder, so it isn't opened. Put the picture into the folder.",
        $"Refused the picture key '{Field.Shorten(key)}': not a picture inside the shop's folder by its text or by its links.");

    public static StorefrontException BadCursor() => new(
        StorefrontFault.InvalidData, "The list changed meanwhile. Start it again from the top.", "The cursor was not made by this storefront.");

    public static StorefrontException CannotRead(Exception inner) => new(
        StorefrontFault.Unavailable,
        "The shop's folder can't be read right now. Check that the drive is there and may be read, then try again.",
        $"Reading the shop's folder failed: {inner.Message}", inner);

    public static StorefrontException NoState() => new(
        StorefrontFault.Unavailable,
        "The folder for attached clips isn't there, or it is an empty one. Check that its drive is there, then try again.",
        "StatePath holds no folder .locks, which every attach leaves there.");

    public static StorefrontException CannotWrite(Exception inner) => DiskFull.Is(inner)
        ? new(
            StorefrontFault.Unavailable,
            "The disk that keeps attached clips is full. Make room, then try again; the clip is kept.",
            $"No space left under StatePath: {inner.Message}", inner)
        : new(
            StorefrontFault.Unavailable,
            "The folder for attached clips can't be written. Allow this program to write there, then try again; the clip is kept.",
            $"Writing under StatePath failed: {inner.Message}", inner);

    public static StorefrontException Busy(string productId) => new(
        StorefrontFault.Unavailable,
        "Another program is changing this product's gallery. Try again in a moment.",
        $"The lock of '{productId}' was held by another process for too long.");

    public static StorefrontException BadKey(string key) => new(
        StorefrontFault.ClipRefused,
        "The clip can't be attached because its name isn't sound. Make the clip again.",
        $"Attach key '{Field.Shorten(key)}' is not 1 to 64 characters of [a-z0-9-].");

    public static StorefrontException ClipDiffers(string key, long length, string sha256) => new(
        StorefrontFault.ClipRefused,
        "The stored clip is damaged, so it wasn't attached. Make the clip again.",
        string.Create(CultureInfo.InvariantCulture, $"Clip '{key}' has {length} bytes with SHA-256 {sha256}, which is not what was checked."));

    public static StorefrontException PosterTooBig(string key) => new(
        StorefrontFault.ClipRefused, "The clip's still picture is too big. Make the clip again.", $"The poster of '{key}' exceeds 16 MiB.");

    public static StorefrontException DamagedGallery(string productId, Exception inner) => new(
        StorefrontFault.InvalidData,
        $"The record of the clips attached to “{productId}” is damaged. Restore its gallery.json from a backup, or delete it to start afresh.",
        $"StatePath/{productId}/gallery.json could not be read: {inner.Message}", inner);
}
