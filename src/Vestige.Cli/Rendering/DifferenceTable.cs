using Spectre.Console;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>Rows less rows: what is read of them, since both share the samples.</summary>
internal static class DifferenceTable
{
    internal static void Write(IAnsiConsole console, AuditResult result)
    {
        // What a codec differs in from no loss is its own line.
        RowDifference[] differences = [.. result.Differences.Where(difference => difference.Kind != RowDifferenceKind.Lossless)];
        if (differences.Length == 0) return;
        string Label(string name) => result.Rows.FirstOrDefault(row => row.Name == name)?.Label ?? name;
        console.WriteLine();
        var table = new FigureTable("difference", ["memorized", "generalized", "hallucinated", "lost"]);
        foreach (RowDifference difference in differences)
        {
            table.Add($"{Label(difference.Row)} less {Label(difference.Less)}", FigureCell.Of(difference.Memorized), FigureCell.Of(difference.Generalized),
                FigureCell.Of(difference.Hallucinated), FigureCell.Of(difference.Lost));
        }
        table.Write(console);
        console.WriteLine("Rows of one table share its samples: an interval here leaves the same documents out of both, and is narrower than the two "
            + "apart. Without 0 in it they surely differ.");
    }
}
