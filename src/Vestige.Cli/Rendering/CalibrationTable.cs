using System.Globalization;
using System.Text;
using Vestige.Calibrations;

namespace Vestige.Cli.Rendering;

/// <summary>The cells of a calibration as Markdown, for a terminal and for docs/calibration.md.</summary>
internal static class CalibrationTable
{
    internal static string Markdown(IReadOnlyList<Cell> cells)
    {
        var text = new StringBuilder();
        text.AppendLine(Summary(cells));
        foreach (IGrouping<(string World, int Units), Cell> world in cells.GroupBy(c => (c.World, c.Units)))
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {world.Key.World}, {world.Key.Units} units a sample").AppendLine();
            text.AppendLine("| compressor | estimand | truth | mean estimate | bias (s.e.) | holds in | runs | verdict |");
            text.AppendLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |");
            foreach (Cell cell in world)
            {
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"| {cell.Oracle} | {cell.Estimand} | {Truth(cell)} | {Number(cell.Mean)} | {Bias(cell)} | {Percent(cell.Share)} | {cell.Runs} | {Words(cell)} |");
            }
        }
        return text.ToString();
    }

    internal static string Summary(IReadOnlyList<Cell> cells)
    {
        int Count(Verdict verdict) => cells.Count(c => c.Verdict == verdict);
        return string.Create(CultureInfo.InvariantCulture,
            $"{cells.Count} cells: {Count(Verdict.Holds)} hold, {Count(Verdict.Conservative)} are conservative, {Count(Verdict.Explained)} are off as explained, {Count(Verdict.Fails)} fail.");
    }

    private static string Words(Cell cell)
    {
        string words = cell.Verdict switch
        {
            Verdict.Holds => "holds",
            Verdict.Conservative => "conservative",
            Verdict.Explained => "explained: " + (cell.Limit ?? "aims at " + Number(cell.Target!.Value)),
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
