namespace ProductVideo.Providers;

/// <summary>A provider of which tasks are asked for by name, so that whether it knows those of ours can be told without its list.</summary>
internal interface IShowVideos
{
    /// <summary>Which of the tasks are the account's.</summary>
    /// <param name="model">Of which they were ordered.</param>
    /// <param name="remoteIds">The provider's ids; at least one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Those that it shows, or why that can't be told.</returns>
    Task<(IReadOnlyList<string> Shown, ProviderFault? Fault)> ShowAsync(string model, IReadOnlyList<string> remoteIds, CancellationToken cancellationToken);
}
