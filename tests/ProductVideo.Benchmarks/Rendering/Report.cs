using System.Globalization;
using System.Text;

namespace ProductVideo.Benchmarks.Rendering;

/// <summary>Figures, goals and verdicts as a table.</summary>
internal sealed class Report
{
    private readonly StringBuilder _rows = new("| figure | measured | goal | verdict |\n| --- | --- | --- | --- |\n");

    public bool AllMet { get; private set; } = true;

    /// <param name="goal">Null for a figure that is only shown.</param>
    public void Ratio(string figure, double? goal, List<(double A, double B)> pairs)
    {
        var ratios = pairs.Select(pair => pair.A / pair.B).ToList();
        Row(
            figure,
            string.Create(
                CultureInfo.InvariantCulture,
                $"**{Median(ratios):0.000}** ({ratios.Min():0.00}-{ratios.Max():0.00}, n={pairs.Count}; {Median([.. pairs.Select(p => p.A)]):0.00} / {Median([.. pairs.Select(p => p.B)]):0.00} s)"),
            goal is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"<= {goal}"),
            goal is null ? null : Median(ratios) <= goal);
    }

    public void AtMost(string figure, double goal, double measured) =>
        Row(figure, Number(measured), "<= " + Number(goal), measured <= goal);

    public void AtLeast(string figure, double goal, double measured) =>
        Row(figure, Number(measured), ">= " + Number(goal), measured >= goal);

    public void Shown(string figure, double measured) => Row(figure, Number(measured), "-", met: null);

    public override string ToString() => _rows.ToString();

    private void Row(string figure, string measured, string goal, bool? met)
    {
        AllMet &= met ?? true;
        _rows.Append(CultureInfo.InvariantCulture, $"| {figure} | {measured} | {goal} | {(met switch { true => "met", false => "missed", null => "shown" })} |\n");
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
