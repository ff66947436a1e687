namespace ProductVideo.Connecting;

/// <summary>A connected shop as it may be shown: of its secrets only that they are there.</summary>
/// <param name="Shop">Its key.</param>
/// <param name="Kind">The key of its kind.</param>
/// <param name="Values">What was written into the fields that are no secrets.</param>
/// <param name="Secrets">Names of the secret fields that have a value.</param>
/// <param name="IsReadable">False where the key ring that encrypted the secrets is not the application's any more: they must be written again.</param>
/// <param name="By">Who wrote it last.</param>
/// <param name="At">When.</param>
internal sealed record ShopConnection(
    string Shop, string Kind, IReadOnlyDictionary<string, string> Values, IReadOnlySet<string> Secrets, bool IsReadable, string By, DateTimeOffset At);
