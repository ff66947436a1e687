using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Connecting;

/// <summary>Sends a merchant to the shop for its credentials, and connects it with what the merchant comes back with.</summary>
internal sealed class HandOverDesk(ShopConnections connections, HandOverTickets tickets)
{
    /// <summary>What is wrong with what was written before, all of it at once.</summary>
    public IReadOnlyList<ConnectionMistake> Mistakes(IStorefrontKind kind, string shop, IReadOnlyDictionary<string, string> values) =>
        [.. connections.ShopMistakes(shop), .. ((IHandOver)kind).MistakesBefore(values)];

    /// <summary>Where to send the merchant. Without mistakes.</summary>
    /// <param name="kind">Hands over.</param>
    /// <param name="shop">The key that the shop is to have.</param>
    /// <param name="values">What was written.</param>
    /// <param name="visitor">Who is sent.</param>
    /// <param name="comeBackTo">The address that calls <see cref="ReceiveAsync"/>, without a query.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">The shop can't be reached or hands nothing over.</exception>
    public async Task<Uri> SendAsync(
        IStorefrontKind kind, string shop, IReadOnlyDictionary<string, string> values, string visitor, Uri comeBackTo, CancellationToken cancellationToken)
    {
        var handing = (IHandOver)kind;
        var before = values.Where(value => handing.FieldsBefore.Contains(value.Key, StringComparer.Ordinal) && !string.IsNullOrWhiteSpace(value.Value))
            .ToDictionary(value => value.Key, value => value.Value.Trim(), StringComparer.Ordinal);
        var state = HandOverState.New();
        var ticket = tickets.Write(new HandOverTicket(visitor, kind.Key, shop, before, state));
        try
        {
            return await handing.SendAsync(before, new UriBuilder(comeBackTo) { Query = "ticket=" + Uri.EscapeDataString(ticket) }.Uri, state, cancellationToken);
        }
        catch (StorefrontException e)
        {
            throw ShopConnections.Refusal(e, before);
        }
    }

    /// <summary>Connects the shop with what the merchant came back with.</summary>
    /// <param name="answer">The query of the address.</param>
    /// <param name="visitor">Who came back.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The connected shop; or where the merchant goes on and the reason.</returns>
    public async Task<HandOverOutcome> ReceiveAsync(IReadOnlyDictionary<string, string> answer, string visitor, CancellationToken cancellationToken)
    {
        if (tickets.Read(answer.GetValueOrDefault("ticket"), visitor) is not { } ticket || connections.Kind(ticket.Kind) is not IHandOver kind)
            return new HandOverOutcome(null, null, "This answer is too old, or it was asked for by somebody else. Begin the connection again.");
        switch (kind.Read(ticket.Values, answer, ticket.State))
        {
            case HandedOver.Given given:
                try
                {
                    await connections.ConnectAsync(ticket.Kind, ticket.Shop, given.Values, visitor, cancellationToken);
                    return new HandOverOutcome(ticket.Shop, ticket.Kind, null);
                }
                catch (RefusedException e)
                {
                    return new HandOverOutcome(null, ticket.Kind, e.Problem.MerchantText);
                }

            case HandedOver.Declined:
                return new HandOverOutcome(null, ticket.Kind, "You did not agree in the shop, so nothing was connected.");
            case HandedOver.Refused refused:
                return new HandOverOutcome(null, ticket.Kind, refused.Text);
            case var other:
                throw new InvalidOperationException($"{ticket.Kind} gave an unknown outcome, {other}.");
        }
    }
}

/// <param name="Shop">The connected shop; null where none was.</param>
/// <param name="Kind">Of which kind it was to be; null where that is not known.</param>
/// <param name="Why">Why none was connected, for the merchant.</param>
internal sealed record HandOverOutcome(string? Shop, string? Kind, string? Why);
