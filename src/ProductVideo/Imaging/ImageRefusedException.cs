namespace ProductVideo.Imaging;

/// <summary>Why a picture is not used.</summary>
internal enum ImageRefusal
{
    Empty,
    TooManyBytes,
    TooManyPixels,
    FormatNotAllowed,
    Animated,

    /// <summary>Cut short, or damaged on the way.</summary>
    Truncated,
    Unreadable,
    TooSmall,

    /// <summary>Sound, but more bytes than the one who is to film it takes, however hard it is compressed.</summary>
    StaysTooLarge,
}

/// <summary>The picture can't be used, now or later: it must be replaced. <see cref="Exception.Message"/> is for the operator.</summary>
internal sealed class ImageRefusedException(ImageRefusal refusal, string merchantText, string operatorText, Exception? inner = null)
    : Exception(operatorText, inner)
{
    public ImageRefusal Refusal { get; } = refusal;

    /// <summary>What is wrong with the picture, and the way out.</summary>
    public string MerchantText { get; } = merchantText;
}
