using System.Globalization;
using System.Text;
using Vestige.Calibrations;

namespace Vestige.Cli.Rendering;

/// <summary>Truth and mean estimate of shares of mass, drawn with letters.</summary>
internal static class CalibrationPlot
{
    /// <summary>What is drawn: the shares of the ledger's four columns.</summary>
    internal static readonly string[] Figures = ["lost", "memorized", "generalized", "hallucinated"];

    /// <summary>Columns from 0 to 1.</summary>
    private const int Width = 50;

    private const int Margin = 3;

    /// <summary>A block of one world: for each figure a line a compressor; nothing where there are no such figures.</summary>
    internal static void Write(StringBuilder text, IEnumerable<Cell> cells)
    {
        Cell[] drawn = [.. cells.Where(cell => Figures.Contains(cell.Estimand) && double.IsFinite(cell.Mean))];
        if (drawn.Length == 0) return;
        int names = Math.Min(60, drawn.Max(cell => cell.Oracle.Length));
        text.AppendLine("```").AppendLine("o truth, x mean estimate, * both; the share of intervals that hold the truth");
        foreach (string figure in Figures)
        {
            Cell[] lines = [.. drawn.Where(cell => cell.Estimand == figure)];
            if (lines.Length == 0) continue;
            text.AppendLine().Append(figure.PadRight(names)).Append(' ').AppendLine(Axis());
            foreach (Cell cell in lines)
            {
                string name = cell.Oracle.Length <= names ? cell.Oracle : cell.Oracle[..(names - 3)] + "...";
                string holds = double.IsFinite(cell.Share) ? (100 * cell.Share).ToString("0", CultureInfo.InvariantCulture) + " %" : "";
                text.Append(name.PadRight(names)).Append(' ').Append(Line(cell.Truth, cell.Mean)).Append(' ').AppendLine(holds.PadLeft(6));
            }
        }
        text.AppendLine("```").AppendLine();
    }

    private static string Axis()
    {
        char[] axis = new string(' ', Margin + Width + Margin).ToCharArray();
        for (int tenths = 0; tenths <= 10; tenths += 2)
            (tenths switch { 0 => "0", 10 => "1", _ => "." + tenths.ToString(CultureInfo.InvariantCulture) }).CopyTo(axis.AsSpan(Place(tenths / 10.0)));
        return new string(axis).TrimEnd();
    }

    private static string Line(double truth, double mean)
    {
        char[] line = new string(' ', Margin + Width + Margin).ToCharArray();
        line[Place(0)] = line[Place(1)] = '|';
        line[Place(truth)] = 'o';
        line[Place(mean)] = Place(mean) == Place(truth) ? '*' : 'x';
        return new string(line);
    }

    // What is outside stands at the edge.
    private static int Place(double share) => Math.Clamp(Margin + (int)Math.Round(share * Width), 0, Margin + Width + Margin - 1);
}
