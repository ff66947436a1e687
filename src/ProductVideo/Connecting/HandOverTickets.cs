using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using ProductVideo.Data;

namespace ProductVideo.Connecting;

/// <summary>
/// What is remembered of a merchant who was sent to the shop, in the address with which the merchant comes back: encrypted, so that it can't be
/// made up, and good on every server that shares the key ring.
/// </summary>
internal sealed class HandOverTickets(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>As long as somebody may take to sign in at the shop and agree.</summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(30);

    private readonly IDataProtector _tickets = protection.CreateProtector("ProductVideo.HandOver.v1", "ticket");
    private readonly IDataProtector _words = protection.CreateProtector("ProductVideo.HandOver.v1", "words");

    public string Write(HandOverTicket ticket) => _tickets.Protect(Json.Write(ticket with { At = clock.GetUtcNow() }));

    /// <returns>null for what was not written here, for somebody else, or too long ago.</returns>
    public HandOverTicket? Read(string? ticket, string visitor) =>
        Open(_tickets, ticket) is { } text && Json.Read<HandOverTicket>(text) is var read && read.Visitor == visitor && clock.GetUtcNow() - read.At < GoodFor ? read : null;

    /// <summary>A sentence for the next page, which nobody else can put there.</summary>
    public string WriteWords(string text) => _words.Protect(text);

    /// <inheritdoc cref="WriteWords"/>
    public string? ReadWords(string? words) => Open(_words, words);

    private static string? Open(IDataProtector protector, string? text)
    {
        try
        {
            return text is null ? null : protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <param name="Visitor">Who was sent; nobody else may come back with it.</param>
/// <param name="Kind">The key of the kind.</param>
/// <param name="Shop">The key that the shop is to have.</param>
/// <param name="Values">What was written before.</param>
/// <param name="State">Tells the shop's answer from a forged one.</param>
internal sealed record HandOverTicket(string Visitor, string Kind, string Shop, IReadOnlyDictionary<string, string> Values, string State)
{
    /// <summary>When the merchant was sent.</summary>
    public DateTimeOffset At { get; init; }
}
