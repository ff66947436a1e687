namespace ProductVideo.Catalog;

/// <summary>
/// A kind of shop that hands its credentials over by itself: the merchant is sent to a page of the shop, agrees there, and comes back with
/// the values of the fields.
/// </summary>
/// <remarks>
/// The credentials stand in the address with which the merchant comes back: whoever receives it must log nothing of it and redirect at once.
/// </remarks>
public interface IHandOver
{
    /// <summary>The fields that must be written before, by <see cref="ConnectionField.Name"/>.</summary>
    IReadOnlyList<string> FieldsBefore { get; }

    /// <summary>What is wrong with the values of <see cref="FieldsBefore"/>, at once; empty if the merchant can be sent. Asks nobody.</summary>
    IReadOnlyList<ConnectionMistake> MistakesBefore(IReadOnlyDictionary<string, string> values);

    /// <summary>Where the merchant is sent; asks the shop for it.</summary>
    /// <param name="values">Without mistakes.</param>
    /// <param name="comeBackTo">Where the answer is received; absolute, https wherever the shop is not on this machine.</param>
    /// <param name="state">Not to be guessed, of this merchant and this connection alone, kept until the answer comes; <see cref="HandOverState.New"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StorefrontException">The shop can't be reached, or hands nothing over.</exception>
    Task<Uri> SendAsync(IReadOnlyDictionary<string, string> values, Uri comeBackTo, string state, CancellationToken cancellationToken);

    /// <summary>Reads with what the merchant came back. Asks nobody.</summary>
    /// <param name="values">As they were when the merchant was sent.</param>
    /// <param name="answer">The query of the address, decoded.</param>
    /// <param name="state">The one that was kept; good for one answer.</param>
    HandedOver Read(IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, string> answer, string state);
}

/// <summary>What came of a hand-over.</summary>
public abstract record HandedOver
{
    private HandedOver()
    {
    }

    /// <param name="Values">Of all fields that are known now, those of before among them; there may be secrets in it.</param>
    public sealed record Given(IReadOnlyDictionary<string, string> Values) : HandedOver
    {
        /// <summary>Names without values.</summary>
        public override string ToString() => $"Given {{ {string.Join(", ", Values.Keys)} }}";
    }

    /// <summary>The merchant did not agree.</summary>
    public sealed record Declined : HandedOver;

    /// <summary>It is no answer to what was asked.</summary>
    /// <param name="Text">What happened and the way out, for the merchant.</param>
    public sealed record Refused(string Text) : HandedOver;
}
