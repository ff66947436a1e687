using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProductVideo.Spending;

/// <summary>
/// Price tables as files: <c>{"provider": "…", "prices": [{"from": "2026-10-02", "model": "…", "resolution": "720P", "unit": "second",
/// "amount": 0.14, "currency": "USD"}]}</c>. Units are <c>second</c>, <c>clip</c> and <c>million tokens</c>; the resolution may be left out.
/// </summary>
public static class PriceTableJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <exception cref="PriceTableException">It is no price table; all mistakes are named at once.</exception>
    public static PriceTable Parse(string json)
    {
        TableFile? file;
        try
        {
            file = JsonSerializer.Deserialize<TableFile>(json, Options);
        }
        catch (JsonException e)
        {
            throw new PriceTableException([$"The file is no price table: {e.Message}"], e);
        }

        var mistakes = new List<string>();
        if (string.IsNullOrWhiteSpace(file?.Provider))
            mistakes.Add("\"provider\" is missing.");
        var rows = (file?.Prices ?? []).Select((row, i) => Row(row, i + 1, mistakes)).OfType<PriceRow>().ToList();
        if (file?.Prices is not { Count: > 0 })
            mistakes.Add("\"prices\" is missing or empty.");
        foreach (var twice in rows.GroupBy(row => (row.Model, row.Resolution, row.From)).Where(same => same.Count() > 1))
            mistakes.Add($"{twice.Key.Model} {twice.Key.Resolution} has two prices from {twice.Key.From:O} on.");
        return mistakes.Count == 0 ? new PriceTable(file!.Provider!, rows) : throw new PriceTableException(mistakes);
    }

    private static PriceRow? Row(RowFile? row, int number, List<string> mistakes)
    {
        var before = mistakes.Count;
        if (string.IsNullOrWhiteSpace(row?.Model))
            mistakes.Add($"Price {number}: \"model\" is missing.");
        if (!DateOnly.TryParseExact(row?.From, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from))
            mistakes.Add($"Price {number}: \"from\" is a day like 2026-10-02.");
        if (UnitOf(row?.Unit) is not { } unit)
            mistakes.Add($"Price {number}: \"unit\" is one of: second, clip, million tokens.");
        else if (row is { Amount: >= 0 and <= Micros.Largest, Currency: { } currency } && Currencies.IsKnown(currency) && mistakes.Count == before)
            return new PriceRow(from, row.Model!, row.Resolution, unit, new Money(row.Amount.Value, currency));
        if (row?.Amount is not (>= 0 and <= Micros.Largest))
            mistakes.Add($"Price {number}: \"amount\" is a number, 0 or more.");
        if (!Currencies.IsKnown(row?.Currency))
            mistakes.Add($"Price {number}: \"currency\" is a code of ISO 4217 like USD.");
        return null;
    }

    private static PriceUnit? UnitOf(string? unit) => unit switch
    {
        "second" => PriceUnit.Second,
        "clip" => PriceUnit.Clip,
        "million tokens" => PriceUnit.MillionTokens,
        _ => null,
    };

    private sealed record TableFile(string? Provider, List<RowFile?>? Prices);

    private sealed record RowFile(string? From, string? Model, string? Resolution, string? Unit, decimal? Amount, string? Currency);
}

/// <summary>A price table that can't be used.</summary>
/// <param name="mistakes">All of them.</param>
/// <param name="inner">What was met.</param>
public sealed class PriceTableException(IReadOnlyList<string> mistakes, Exception? inner = null) : Exception(string.Join('\n', mistakes), inner)
{
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
