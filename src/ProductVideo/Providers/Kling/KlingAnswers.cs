using System.Globalization;
using System.Text.Json;
using ProductVideo.Exchange;
using ProductVideo.Spending;

namespace ProductVideo.Providers.Kling;

/// <summary>The envelope of every answer. What it says is told by its code, 0 for success, whatever the status of HTTP is.</summary>
internal sealed record KlingAnswer(string? Code, string? Message)
{
    public const int Success = 0;

    /// <summary>null where the body is none of Kling's.</summary>
    public static (int Code, string Message)? Read(ReadOnlySpan<byte> body) =>
        SnakeJson.Read<KlingAnswer>(body) is { } answer && int.TryParse(answer.Code, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? (code, answer.Message ?? "") : null;
}

/// <summary>A task, as a submit and a query show it; the submit names no outputs.</summary>
internal sealed record KlingTask(
    string? Id, string? ExternalId, string? Status, string? Message, string? UpdateTime, IReadOnlyList<KlingOutput>? Outputs, JsonElement? Billing)
{
    public static KlingTask? Read(ReadOnlySpan<byte> body) => SnakeJson.ReadTask<One>(body) is { Code: "0", Data: { } task } ? task : null;

    /// <summary>null where the body does not say which tasks there are.</summary>
    public static IReadOnlyList<KlingTask>? ReadAll(ReadOnlySpan<byte> body) => SnakeJson.ReadTask<Many>(body) is { Code: "0", Data: { } tasks } ? tasks : null;

    /// <summary>The clip without a watermark.</summary>
    public string? Address => Outputs?.FirstOrDefault(output => output is { Type: "video", Url.Length: > 0 })?.Url;

    /// <summary>null where the answer names no readable time.</summary>
    public DateTimeOffset? UpdatedAt =>
        long.TryParse(UpdateTime, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    /// <summary>What was taken in money; null where units of a pack were used up, of which nobody knows what they cost.</summary>
    public Money? Cost
    {
        get
        {
            if (Billing is not { ValueKind: JsonValueKind.Array } rows || rows.GetArrayLength() == 0)
                return null;
            var cash = rows.EnumerateArray().Select(row => SnakeJson.Read<KlingCharge>(JsonSerializer.SerializeToUtf8Bytes(row))?.Cash).ToList();
            return cash.TrueForAll(money => money?.Currency is { } currency && currency == cash[0]!.Value.Currency)
                ? cash.Aggregate((sum, money) => sum!.Value + money!.Value) : null;
        }
    }

    private sealed record One(string? Code, KlingTask? Data);

    private sealed record Many(string? Code, IReadOnlyList<KlingTask>? Data);
}

internal sealed record KlingOutput(string? Type, string? Url);

internal sealed record KlingCharge(string? ChargeType, string? Amount, string? Currency)
{
    public Money? Cash => ChargeType is "cash" && Currencies.IsKnown(Currency)
        && decimal.TryParse(Amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount <= Micros.Largest
            ? new Money(amount, Currency!) : null;
}
