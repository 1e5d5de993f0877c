using System.Globalization;
using Spectre.Console;
using Vestige.Cli.Rendering;
using Vestige.Conclusions.Wording;
using Vestige.Studies;

namespace Vestige.Cli.Studies;

/// <summary>A study as tables.</summary>
internal static class StudyTable
{
    // Columns of effects, as the page has them. The JSON has all.
    private static readonly string[] s_shown =
        ["generalized", "hallucinated", "memorized", "lost", "bits-memorized", "bits-a-parameter", "held-out", "rate", "ssimulacra2", "stored"];

    /// <summary>What a terminal holds beside each other; the rest stands in a table below.</summary>
    private const int MostColumns = 5;

    /// <summary>What would be run, and what it would tell.</summary>
    internal static void WritePlan(IAnsiConsole console, StudyPlan plan, int blocks, int trainings, PilotResult pilot, double minutesABlock)
    {
        console.WriteLine($"{plan.Options.Source}: {plan.Options.Compressor}, {plan.Design.Summary}"
            + (plan.Budgets.Count > 1 ? $" at each of {Words.List(plan.Budgets)}" : ""));
        foreach (Factor factor in plan.Design.Factors) console.WriteLine($"  {factor.Name}: {string.Join(", ", factor.Levels)}");
        StudyTerm[] alike = [.. plan.Design.Terms.Where(term => term.Factors.Count > 1)];
        if (alike.Length > 0) console.WriteLine("Interactions that this design cannot tell apart: " + string.Join("; ", alike.Select(term => term.Name)));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{plan.Design.Cells.Count} cells x {plan.Budgets.Count} x {blocks} blocks: {trainings * blocks} runs of about {pilot.SecondsAPiece:0.#} s, ")
            + string.Create(CultureInfo.InvariantCulture, $"{ProgressLine.Duration(minutesABlock * blocks * 60)} on {plan.Options.Threads} threads, {pilot.Bytes / 1e6:0} MB"));
        console.WriteLine($"From a pilot of {pilot.Runs} runs (kept with --out): between blocks a cell spreads by, and an effect will be known to within");
        foreach ((Response response, double spread, double half) in pilot.Spreads)
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {response.Name}: {spread:0.000}, {half:0.000}"));
    }

    /// <summary>The effects, then the sentences.</summary>
    internal static void Write(IAnsiConsole console, StudyResult result)
    {
        console.WriteLine($"{result.Source}: {result.Compressor}, {result.Design}, {Words.Count(result.Blocks, "block", "blocks")}");
        string[] shown = [.. s_shown.Where(name => result.Responses.Any(response => response.Name == name))];
        for (int budget = 0; budget < result.Budgets.Count; budget++)
        {
            if (result.Budgets.Count > 1) console.WriteLine($"At {result.Budgets[budget]}");
            string[][] columns = [.. shown.Chunk(MostColumns)];
            FigureTable[] tables = [.. columns.Select(some => new FigureTable("effect of", some))];
            foreach (var term in result.Effects.Where(effect => effect.Budget == budget).GroupBy(effect => effect.Term).OrderBy(term => term.First().Kind)
                .ThenByDescending(term => term.Where(effect => shown.Take(2).Contains(effect.Response)).Max(effect => Math.Abs(effect.Value ?? 0))))
            {
                // Interactions only where something is seen: there are many.
                if (term.First().Kind != TermKind.Main && !term.Any(effect => shown.Contains(effect.Response) && effect.IsSeen)) continue;
                for (int t = 0; t < tables.Length; t++)
                    tables[t].Add(Label(result, term.First()), [.. columns[t].Select(name => Cell(result, term.First(effect => effect.Response == name)))]);
            }
            foreach (FigureTable table in tables) table.Write(console);
        }
        console.WriteLine("The last level less the first, with intervals that hold for all effects on a response at once in 95 % of studies; * where that is not 0; always: "
            + "the same in every block.");
        console.WriteLine();
        foreach (string finding in result.Findings) console.WriteLine("- " + finding);
    }

    private static string Label(StudyResult result, Effect effect)
    {
        if (effect.Kind != TermKind.Main) return effect.Term;
        Factor factor = result.Factors.First(factor => factor.Name == effect.Term);
        return $"{factor.Name} {factor.Levels[0]} to {factor.Levels[^1]}";
    }

    private static FigureCell Cell(StudyResult result, Effect effect)
    {
        if (effect.Value is not { } value) return FigureCell.Text("-");
        string unit = result.Responses.First(response => response.Name == effect.Response).Unit;
        string Text(double? x) => unit == "share" ? StudyFindings.Share(x!.Value) : x!.Value.ToString(unit == "bytes" ? "N0" : "0.00", CultureInfo.InvariantCulture);
        if (effect.Error == 0) return FigureCell.Text(Text(value) + " always");
        return new FigureCell(Text(value) + (effect.IsSeen ? "*" : ""), $"[{Text(effect.Low)} {Text(effect.High)}]");
    }
}
