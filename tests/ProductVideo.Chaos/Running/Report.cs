using System.Globalization;
using ProductVideo.Chaos.Checking;

namespace ProductVideo.Chaos.Running;

/// <summary>The table, one line a case as it ends; at its end once more which failed, and why, and the sum.</summary>
internal sealed class Report(TextWriter output)
{
    private readonly Lock _lock = new();
    private readonly List<string> _failed = [];
    private int _passed;
    private int _kills;
    private int _orders;

    public bool AllPassed => _failed.Count == 0 && _passed > 0;

    public void Head() => output.WriteLine(
        $"{"case",-18} {"what",-38} {"class",-6} {"kills",5} {"orders",6} {"published",9} {"parked",6} {"2xcharge",8} {"2xattach",8} {"lost",4} {"other",5} {"seed",6} {"s",6}");

    public void Add(Case @case, Row row)
    {
        lock (_lock)
        {
            var passed = @case.Passed(row);
            (_kills, _orders) = (_kills + row.Kills, _orders + row.Orders);
            var (charges, attaches, lost) = (row.Count(Breach.DoubleCharge), row.Count(Breach.DoubleAttach), row.Count(Breach.Lost));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{@case.Name,-18} {row.Name[..Math.Min(38, row.Name.Length)],-38} {row.Correlation,-6} {row.Kills,5} {row.Orders,6} {row.Published,9} {row.Parked,6} {charges,8} {attaches,8} {lost,4} {row.Violations.Count - charges - attaches - lost,5} {row.Seed,6} {row.Took.TotalSeconds,6:0.0} {(passed ? "" : "FAILED")}"));
            if (passed)
            {
                _passed++;
                return;
            }

            List<string> why = [.. row.Violations.Take(12).Select(violation => violation.ToString())];
            if (row.Kills < @case.Kills)
                why.Add(string.Create(CultureInfo.InvariantCulture, $"{row.Kills} kills instead of {@case.Kills}"));
            if (row.Violations.Count == 0 && row.Kills >= @case.Kills)
                why.Add("was not found out");
            var said = string.Join('\n', why.Select(line => "    " + line));
            output.WriteLine(said);
            _failed.Add($"{@case.Name}, seed {row.Seed.ToString(CultureInfo.InvariantCulture)}\n{said}");
        }
    }

    public void Failed(Case @case, Exception failure)
    {
        lock (_lock)
        {
            var said = "    " + failure.ToString().ReplaceLineEndings("\n    ");
            output.WriteLine($"{@case.Name,-18} FAILED\n{said}");
            _failed.Add($"{@case.Name}\n{said}");
        }
    }

    public void Sum(TimeSpan took)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_kills} kills, {_orders} orders, {took.TotalSeconds:0} s"));
        foreach (var failed in _failed)
            output.WriteLine("FAILED " + failed);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_passed} passed, {_failed.Count} failed"));
    }
}
