namespace ProductVideo.Providers;

/// <summary>
/// What a provider's record of a task repeats of the order that made it: so a task that was named for the wrong order is noticed before its
/// clip gets to the wrong listing.
/// </summary>
/// <param name="Nonce">The name of the submit, where the provider keeps it: <see cref="SubmitIntent.Nonce"/>.</param>
/// <param name="Prompt">The prompt, where the provider shows it.</param>
public sealed record OrderEcho(string? Nonce = null, string? Prompt = null);
