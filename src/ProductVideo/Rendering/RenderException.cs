namespace ProductVideo.Rendering;

/// <summary>Why a clip could not be made on this machine.</summary>
internal enum RenderFault
{
    /// <summary>No usable ffmpeg or ffprobe.</summary>
    FfmpegMissing,

    /// <summary>A font that ships with the product is not there.</summary>
    FontMissing,

    /// <summary>The plan contradicts itself or asks for a picture that is not there.</summary>
    InvalidPlan,

    /// <summary>A photo or logo cannot be decoded.</summary>
    UnreadableImage,

    /// <summary>A clip cannot be decoded or is no video.</summary>
    UnreadableClip,

    DiskFull,

    /// <summary>ffmpeg took longer than it may.</summary>
    TimedOut,

    /// <summary>Somebody or something ended ffmpeg from outside; it said nothing about the clip.</summary>
    Stopped,

    /// <summary>ffmpeg refused for another reason; the operator text has its words.</summary>
    EncoderFailed,
}

/// <summary>The renderer's refusal: a code to decide by, and a text each for the merchant and the operator.</summary>
internal class RenderException(RenderFault code, string merchantText, string operatorText, Exception? inner = null)
    : Exception(operatorText, inner)
{
    public RenderFault Code { get; } = code;

    /// <summary>What happened and the way out, without jargon.</summary>
    public string MerchantText { get; } = merchantText;

    /// <summary>What the tools said.</summary>
    public string OperatorText { get; } = operatorText;

    internal static RenderException InvalidPlan(string operatorText) => new(
        RenderFault.InvalidPlan,
        "This video's plan cannot be filmed. Choose another template or ask the people who run the shop's video service.",
        operatorText);

    internal static RenderException UnreadableImage(string file, string why, Exception? inner = null) => new(
        RenderFault.UnreadableImage,
        "One of the product's pictures is damaged or of a kind that cannot be read. Upload it again as JPEG, PNG, WebP or AVIF.",
        $"{Path.GetFileName(file)}: {why}",
        inner);

    internal static RenderException Stopped(string operatorText, Exception? inner = null) => new(
        RenderFault.Stopped,
        "The server stopped the program that was at work on the video. It is tried again by itself; if that goes on, the server may have too little memory.",
        operatorText,
        inner);

    internal static RenderException DiskFull(string operatorText, Exception? inner = null) => new(
        RenderFault.DiskFull,
        "The video service has run out of disk space, so the video was not made. Nothing was lost; try again once the operator has made room.",
        operatorText,
        inner);
}

/// <summary>ffmpeg or ffprobe is not installed, too old, or lacks the H.264 encoder.</summary>
internal sealed class FfmpegMissingException(string why, Exception? inner = null) : RenderException(
    RenderFault.FfmpegMissing,
    "Videos cannot be made from photos yet, because a program is missing on the server. The people who run the shop's video service can install it.",
    $"{why} Install ffmpeg with libx264: Debian/Ubuntu 'apt-get install ffmpeg'; Fedora 'dnf install ffmpeg' with RPM Fusion enabled; "
        + "macOS 'brew install ffmpeg'; Windows 'winget install Gyan.FFmpeg'. Or name the two programs' files in the settings, ProductVideo:Local:FfmpegPath and ProductVideo:Local:FfprobePath.",
    inner);

/// <summary>A font that ships with the product is not there.</summary>
internal sealed class FontMissingException(string path, Exception? inner = null) : RenderException(
    RenderFault.FontMissing,
    "Titles cannot be drawn, because a font that belongs to the product is missing on the server. The people who run the shop's video service can install it again.",
    $"The font '{path}' belongs to the product and is missing or can't be read. Install the product again, its folder Rendering/Fonts with it.",
    inner);

/// <summary>A clip that cannot be read as video.</summary>
internal sealed class ClipUnreadableException(string operatorText, Exception? inner = null) : RenderException(
    RenderFault.UnreadableClip,
    "The video that was delivered is damaged and cannot be played, so it was not used. Make it once more.",
    operatorText,
    inner);
