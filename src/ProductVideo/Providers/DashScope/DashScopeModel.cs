namespace ProductVideo.Providers.DashScope;

/// <summary>A model of the video-synthesis endpoint and what its own page says of it.</summary>
/// <param name="Id">As sent.</param>
/// <param name="PriceFamily">Under which it is priced.</param>
/// <param name="Capabilities">What it takes and gives.</param>
/// <param name="TakesRatio">Whether <c>parameters.ratio</c> is allowed; image-to-video refuses it.</param>
/// <param name="ExtendsPrompt">Whether it rewrites prompts unless told not to.</param>
/// <param name="AudioSwitch">Whether <c>parameters.audio</c> is known.</param>
/// <param name="KeepsSound">Whether it takes a clip's own sound over or makes another, by <c>parameters.audio_setting</c>.</param>
internal sealed record DashScopeModel(
    string Id, string PriceFamily, ProviderCapabilities Capabilities, bool TakesRatio = false, bool ExtendsPrompt = false, bool AudioSwitch = false,
    bool KeepsSound = false);
