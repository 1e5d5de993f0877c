using System.Globalization;
using System.Text;
using Vestige.Calibrations;

namespace Vestige.Cli.Rendering;

/// <summary>The cells of a calibration as Markdown, for a terminal and for docs/calibration.md.</summary>
internal static class CalibrationTable
{
    /// <summary>The page: what was run, what is explained and how large it is, then every cell.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="command">The command line that makes them again.</param>
    internal static string Markdown(IReadOnlyList<Cell> cells, string command)
    {
        var text = new StringBuilder();
        text.AppendLine("# Calibration").AppendLine();
        text.AppendLine("Estimators on worlds whose truth is known, with compressors made to measure and with real ones. Written by").AppendLine();
        text.AppendLine("    " + command).AppendLine();
        text.AppendLine(Summary(cells)).AppendLine();
        Limits(text, cells);
        text.AppendLine("A value holds if the mean of estimate - truth is within 3.3 standard errors of 0, its 95 % intervals hold the truth as often as they");
        text.AppendLine("say, and they are at most 1.5 times as wide as the spread over seeds asks (or under .01); a limit holds if the truth exceeds it in at");
        text.AppendLine("most 5 % of runs; a p-value holds if it is at most .05 in 5 % of runs under its null: each within the 99 % limits for the runs. A cell that");
        text.AppendLine("fails is run again on new seeds. A known limit is stated beforehand and is off by at most .05 (of an entropy: of its value), or the result");
        text.AppendLine("prints beside the figure what bounds it. Intervals that cover more than they say are called conservative. Truths that depend on the");
        text.AppendLine("training sample are those given the sample.");
        foreach (IGrouping<(string World, int Units), Cell> world in cells.GroupBy(c => (c.World, c.Units)))
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {world.Key.World}, {world.Key.Units} units a sample").AppendLine();
            CalibrationPlot.Write(text, world);
            text.AppendLine("| compressor | estimand | truth | mean estimate | bias (s.e.) | holds in | half-width | asked | runs | verdict |");
            text.AppendLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
            foreach (Cell cell in world)
            {
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"| {cell.Oracle} | {cell.Estimand} | {Truth(cell)} | {Number(cell.Mean)} | {Bias(cell)} | {Percent(cell.Share)} | "
                        + $"{Number(cell.HalfWidth)} | {Number(cell.Asked)} | {cell.Runs} | {Words(cell)} |");
            }
        }
        return text.ToString();
    }

    /// <summary>What the estimators cannot do, by reason, with its size; what fails first.</summary>
    private static void Limits(StringBuilder text, IReadOnlyList<Cell> cells)
    {
        Cell[] limits = [.. cells.Where(c => c.Verdict is Verdict.Explained or Verdict.Fails && c.Runs > 0)];
        text.AppendLine("## Known limits").AppendLine();
        if (limits.Length == 0)
        {
            text.AppendLine("None was met.").AppendLine();
            return;
        }
        text.AppendLine("| figure | what it cannot do | cells | largest mean error | where | what is said |");
        text.AppendLine("| --- | --- | ---: | ---: | --- | --- |");
        foreach (IGrouping<(string Estimand, string Reason, string Said), Cell> group in limits.GroupBy(c => (c.Estimand, c.Limit ?? "", Said(c)))
            .OrderBy(g => g.Key.Item3, StringComparer.Ordinal))
        {
            Cell worst = group.MaxBy(c => Math.Abs(c.Mean - c.Truth))!;
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {group.Key.Estimand} | {group.Key.Reason} | {group.Count()} | {worst.Mean - worst.Truth:+0.0000;-0.0000;0.0000} | {worst.World}, "
                    + $"{worst.Units} units, {worst.Oracle} | {group.Key.Said} |");
        }
        text.AppendLine();
    }

    private static string Said(Cell cell) => cell.Verdict == Verdict.Fails ? "**fails**"
        : cell.SaidBeside ? "\"at most\" stands beside it, and holds"
        : string.Create(CultureInfo.InvariantCulture, $"at most {Calibrations.Gates.MostExplained:.00}");

    internal static string Summary(IReadOnlyList<Cell> cells)
    {
        int Count(Verdict verdict) => cells.Count(c => c.Verdict == verdict);
        return string.Create(CultureInfo.InvariantCulture,
            $"{cells.Count} cells: {Count(Verdict.Holds)} hold, {Count(Verdict.Conservative)} are conservative, {Count(Verdict.Explained)} are known "
                + $"limits or not measurable, {Count(Verdict.Fails)} fail.");
    }

    private static string Words(Cell cell)
    {
        string words = cell.Verdict switch
        {
            Verdict.Holds => "holds",
            Verdict.Conservative => "conservative",
            Verdict.Explained when cell.Runs == 0 => "not measurable, and said so",
            Verdict.Explained => string.Create(CultureInfo.InvariantCulture,
                $"known limit, off by {Number(cell.Mean - cell.Truth)}{(cell.SaidBeside ? ", \"at most\" beside it" : "")}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"**fails**, off by {Number(cell.Mean - cell.Truth)}"),
        };
        return cell.RunAgain ? words + " (second run)" : words;
    }

    private static string Truth(Cell cell) => cell.Kind == OutcomeKind.Null ? "null" : Number(cell.Truth);

    private static string Bias(Cell cell) => cell.Kind is OutcomeKind.Value or OutcomeKind.Bias && double.IsFinite(cell.BiasInErrors)
        ? cell.BiasInErrors.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) : "";

    private static string Number(double x) => double.IsFinite(x) ? x.ToString("0.0000", CultureInfo.InvariantCulture) : "-";

    private static string Percent(double x) => double.IsFinite(x) ? (100 * x).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "-";
}
