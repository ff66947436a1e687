namespace ProductVideo.Providers.Kling;

/// <summary>A model and what its page says of it.</summary>
/// <param name="Id">As merchants choose it.</param>
/// <param name="SubmitPath">Where it is ordered.</param>
/// <param name="Capabilities">What it takes and gives.</param>
/// <param name="IsSolution">Whether its tasks are asked about at <c>/solutions</c>, not at <c>/tasks</c>.</param>
internal sealed record KlingModel(string Id, string SubmitPath, ProviderCapabilities Capabilities, bool IsSolution = false);
