using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Backfills;

/// <summary>Counts videos of a backfill that fail, or come into doubt, one after the other for the same reason: that is no product's fault.</summary>
internal static class BackfillFailures
{
    /// <summary>Accounts and shops that refuse us, or have not the model, refuse everything.</summary>
    private const int OfAccounts = 3;

    /// <summary>How many of them are too many.</summary>
    public static int LimitOf(string? code, BackfillsOptions options) => code is Problem.Unauthorised or Problem.OutOfCredit or Problem.Unsupported or "shop_unauthorised"
        ? Math.Min(OfAccounts, options.SameFailures) : options.SameFailures;

    /// <summary>What a paused backfill says.</summary>
    /// <param name="code">Of each.</param>
    /// <param name="failures">How many.</param>
    /// <param name="last">The video of one of them.</param>
    public static Problem TooMany(string code, int failures, BackfillItem? last) => new(
        "backfill_same_failure",
        $"The last {failures} videos all {(last is { State: ItemState.InDoubt } ? "came into doubt" : "failed")} for the same reason, so no more were ordered: {last?.Problem?.MerchantText ?? code} Mend that, then resume.",
        $"{failures} {(last is { State: ItemState.InDoubt } ? "doubts" : "failures")} in a row with the code {code}: {last?.Problem?.OperatorText}");

    public static Task CountAsync(ProductVideoDb db, Guid backfill, string code, CancellationToken cancellationToken) =>
        db.Backfills.Where(row => row.Id == backfill).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Failures, row => row.FailureCode == code ? row.Failures + 1 : 1).SetProperty(row => row.FailureCode, code), cancellationToken);

    /// <summary>One that was made ends the row.</summary>
    public static Task ForgetAsync(ProductVideoDb db, Guid backfill, CancellationToken cancellationToken) =>
        db.Backfills.Where(row => row.Id == backfill && row.Failures > 0).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Failures, 0).SetProperty(row => row.FailureCode, (string?)null), cancellationToken);
}
