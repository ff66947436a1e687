using System.Text;
using ProductVideo.Spending;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Spending;

public sealed class SpendCsvTests
{
    private static readonly Guid Id = Guid.Parse("01935d5e-0000-7000-8000-000000000001");

    [Fact]
    public async Task an_entry_is_a_record_of_rfc_4180() =>
        (await WriteAsync(Entry("tester"))).ShouldBe(
            "at,ordered_at,generation,shop,product,provider,model,account,api_key,backfill,requested_by,kind,amount,currency,note,id\r\n"
            + $"2026-11-22T12:00:00.000Z,2026-11-22T11:00:00.000Z,{Id},sample,mug,paid,model-1,paid/eu,pv_abcdef,,tester,settle,0.70,USD,over_estimate,{Id}\r\n");

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+49", "\"'+49\"")]
    [InlineData("-2", "\"'-2\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("=HYPERLINK(\"http://evil\",\"x\")", "\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\r\nb", "\"a\r\nb\"")]
    [InlineData("Müller 店", "Müller 店")]
    public async Task no_cell_runs_as_a_formula_or_breaks_its_record(string name, string cell) =>
        (await WriteAsync(Entry(name))).ShouldContain($",pv_abcdef,,{cell},settle,");

    [Theory]
    [InlineData("0.000001", "0.000001")]
    [InlineData("1234567.5", "1234567.50")]
    [InlineData("0", "0.00")]
    public async Task amounts_are_plain_numbers_with_a_point(string amount, string cell) =>
        (await WriteAsync(Entry("tester", decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)))).ShouldContain($",settle,{cell},USD,");

    [Fact]
    public async Task a_long_ledger_flows_through_and_is_never_written_all_at_once()
    {
        using var target = new Counting();
        await SpendCsv.WriteAsync(target, Many(20_000), CancellationToken.None);
        target.Total.ShouldBeGreaterThan(3_000_000);
        target.Largest.ShouldBeLessThan(300_000);
    }

    private static async Task<string> WriteAsync(params SpendEntry[] entries)
    {
        using var target = new MemoryStream();
        await SpendCsv.WriteAsync(target, entries.ToAsyncEnumerable(), CancellationToken.None);
        return Encoding.UTF8.GetString(target.ToArray());
    }

    private static async IAsyncEnumerable<SpendEntry> Many(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return Entry("tester");
        }
    }

    private static SpendEntry Entry(string requestedBy, decimal amount = 0.70m) => new(
        Id, Some.Noon, Some.Noon.AddHours(-1), Id, "sample", "mug", "paid", "model-1", "paid/eu", "pv_abcdef", null, requestedBy,
        new MoneyMove(MoneyMoveKind.Settle, new Money(amount, "USD"), MoneyNotes.OverEstimate));

    /// <summary>Refuses to be written to synchronously, as a web server's answer does.</summary>
    private sealed class Counting : MemoryStream
    {
        public long Total { get; private set; }

        public int Largest { get; private set; }

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous writes are not allowed.");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new InvalidOperationException("Synchronous writes are not allowed.");

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            (Total, Largest) = (Total + buffer.Length, Math.Max(Largest, buffer.Length));
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }
}
