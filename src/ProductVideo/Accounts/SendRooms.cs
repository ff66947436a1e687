using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;

namespace ProductVideo.Accounts;

/// <summary>How many orders are worth being claimed for an account. The gate decides again, under the account's lock.</summary>
internal static class SendRooms
{
    /// <summary>While starts fail, no crowd is sent after them.</summary>
    private const int WhileFailing = 4;

    public static async Task<SendRoom> OfAsync(ProductVideoDb db, string account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.ProviderAccounts.AsNoTracking().FirstOrDefaultAsync(row => row.Account == account, cancellationToken) is not { } row)
            return new SendRoom(int.MaxValue, int.MaxValue);
        var room = await AccountRoom.OfAsync(db, row, sending: null, now, cancellationToken);
        var most = row.Failures > 0 ? WhileFailing : int.MaxValue;
        return new SendRoom(Math.Min(most, room.Left(inBackground: false)), Math.Min(most, room.Left(inBackground: true)));
    }
}
