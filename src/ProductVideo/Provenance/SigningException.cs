namespace ProductVideo.Provenance;

/// <summary>A clip can't be signed. It stays as it is, and a person looks at it.</summary>
/// <param name="why">A clause for the operator and the merchant, for example <c>its file comes in fragments</c>.</param>
internal sealed class SigningException(string why) : Exception(why);
