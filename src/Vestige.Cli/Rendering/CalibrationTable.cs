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
        text.AppendLine("A value holds if the mean of estimate - truth is within 3.3 standard errors of 0 and its 95 % intervals hold the truth as often as");
        text.AppendLine("they say; a limit holds if the truth exceeds it in at most 5 % of runs; a p-value holds if it is at most .05 in 5 % of runs under its");
        text.AppendLine("null: each within the binomial 99 % limits for the runs. A cell that fails is run again on new seeds. Intervals that cover more than");
        text.AppendLine("they say are called conservative. Truths that depend on the training sample are those given the sample.").AppendLine();
        Explanations(text, cells);
        SeldomHeld(text, cells);
        foreach (IGrouping<(string World, int Units), Cell> world in cells.GroupBy(c => (c.World, c.Units)))
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {world.Key.World}, {world.Key.Units} units a sample").AppendLine();
            CalibrationPlot.Write(text, world);
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

    /// <summary>What is explained, by reason: how often, and how far off at most.</summary>
    private static void Explanations(StringBuilder text, IReadOnlyList<Cell> cells)
    {
        Cell[] explained = [.. cells.Where(c => c.Verdict == Verdict.Explained)];
        if (explained.Length == 0) return;
        text.AppendLine("What is explained, and its size:").AppendLine();
        text.AppendLine("| estimand | reason | cells | largest mean error | where |");
        text.AppendLine("| --- | --- | ---: | ---: | --- |");
        foreach (IGrouping<(string Estimand, string Reason), Cell> group in explained.GroupBy(c => (c.Estimand, c.Limit ?? "its assumption is broken; it aims at what the theory says")))
        {
            Cell worst = group.MaxBy(c => Math.Abs(c.Mean - c.Truth))!;
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {group.Key.Estimand} | {group.Key.Reason} | {group.Count()} | {worst.Mean - worst.Truth:+0.0000;-0.0000;0.0000} | {worst.World}, {worst.Units} units, {worst.Oracle} |");
        }
    }

    /// <summary>Figures of the ledger whose interval, or limit, is wrong more often than a reader may expect.</summary>
    private static void SeldomHeld(StringBuilder text, IReadOnlyList<Cell> cells)
    {
        const double least = 0.91;
        Cell[] seldom = [.. cells.Where(c => c.Kind != OutcomeKind.Null && c.Share < least && (c.Kind != OutcomeKind.Value || CalibrationPlot.Figures.Contains(c.Estimand)))];
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Figures of the ledger whose interval or limit holds the exact value in under {Percent(least)} of the runs: {(seldom.Length == 0 ? "none." : "")}");
        if (seldom.Length == 0) return;
        text.AppendLine();
        text.AppendLine("| world | units | compressor | figure | holds in | off by | why |");
        text.AppendLine("| --- | ---: | --- | --- | ---: | ---: | --- |");
        foreach (Cell cell in seldom)
        {
            string why = cell.Limit ?? (cell.Target is { } target ? $"aims at {Number(target)}" : cell.Verdict == Verdict.Fails ? "fails" : "by chance of so few runs");
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {cell.World} | {cell.Units} | {cell.Oracle} | {cell.Estimand} | {Percent(cell.Share)} | {cell.Mean - cell.Truth:+0.0000;-0.0000;0.0000} | {why} |");
        }
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
            Verdict.Explained => string.Create(CultureInfo.InvariantCulture,
                $"explained, off by {Number(cell.Mean - cell.Truth)}{(cell.Limit is null ? $": aims at {Number(cell.Target!.Value)}" : "")}"),
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
