using System.Globalization;
using System.Text.Json;
using Vestige.Audits;
using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Cli.Runs;
using Vestige.Cli.Studies;
using Vestige.Compressors;
using Vestige.Studies;

namespace Vestige.Cli.Commands;

/// <summary>A study from the user's words to files, table and exit status.</summary>
internal static class StudyRun
{
    /// <summary>Runs it.</summary>
    /// <param name="context">What the command is run with.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="check">Throws where sources and code are not what they should be, before the work; null where they may be any.</param>
    internal static int Run(Context context, StudyOptions options, Action<RunFacts>? check = null)
    {
        var plan = StudyPlan.Of(options);
        using var json = options.Json is { } file ? OutputPlace.File("--json", file, new Inputs([options.Source]), OwnFile.Result) : null;
        using var folder = new StudyFolder(plan);
        try
        {
            if (plan.Domain.Accept(new Runner(context, plan, folder, check)) is not { } result) return ExitStatus.Done;
            byte[] written = result.ToUtf8();
            json?.Write(written);
            folder.Write(StudyFolder.ResultName, written);
            StudyTable.Write(context.Output.Tables(), result);
            if (options.Out is { } path) ReportRun.AfterStudy(context, path);
            return result.Rows.All(row => row.Values.Count == 0) ? ExitStatus.Data : ExitStatus.Done;
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException(options.Out is null ? "interrupted; with --out DIR the runs done would have been kept"
                : $"interrupted; what is done is kept in {options.Out}, and the same command goes on there");
        }
    }

    private sealed class Runner(Context context, StudyPlan plan, StudyFolder folder, Action<RunFacts>? check) : IDomainVisitor<StudyResult?>
    {
        // Of a pilot: as few as tell a spread.
        private const int PilotBlocks = 3;

        // What a spread is told of: what an effect is looked for in first.
        private static readonly string[] s_watched = ["generalized", "hallucinated", "memorized", "lost", "bits-memorized"];

        public StudyResult? Visit<TItem>(Domain<TItem> domain)
        {
            StudyOptions options = plan.Options;
            using ProgressLine progress = context.Output.Progress();
            var work = new StudyWork<TItem>(plan, domain, folder, context, progress);
            check?.Invoke(work.Facts);
            int blocks = options.Blocks;
            if (options.PlanOnly || options.Budget is not null)
            {
                PilotResult pilot = Pilot(work, progress);
                double minutes = pilot.SecondsAPiece * work.Pieces(1, plan.Cells).Count / options.Threads / 60;
                if (options.Budget is { } budget && minutes * Effects.LeastBlocks > budget)
                {
                    throw new UsageException(string.Create(CultureInfo.InvariantCulture,
                        $"--budget {budget}: one block takes about {minutes:0.#} minutes and {Effects.LeastBlocks} are the least; ")
                        + string.Create(CultureInfo.InvariantCulture, $"give {Math.Ceiling(minutes * Effects.LeastBlocks):0} minutes or more, ")
                        + $"or --cells fewer than {plan.Design.Cells.Count}");
                }
                if (options.Budget is { } most) blocks = Math.Max(Effects.LeastBlocks, Math.Min(blocks, (int)(most / minutes)));
                progress.Dispose();
                StudyTable.WritePlan(context.Output.Tables(), plan, blocks, work.Pieces(1, plan.Cells).Count, pilot, minutes);
                if (options.PlanOnly) return null;
            }
            IReadOnlyList<StudyWork<TItem>.Piece> pieces = work.Pieces(blocks, plan.Cells);
            IReadOnlyList<PieceResult> results = work.Run(pieces, "study", progress);
            folder.Write(StudyFolder.SpeedName, JsonSerializer.SerializeToUtf8Bytes(Seconds(pieces, results, blocks), SpeedContext.Default.IReadOnlyListCellSpeed));
            return StudyAnalysis.Of(Measured(work, pieces, results, blocks), plan.Design);
        }

        /// <summary>The first cell and the one most unlike it, in a few blocks.</summary>
        private PilotResult Pilot<TItem>(StudyWork<TItem> work, IProgress<WorkProgress> progress)
        {
            IReadOnlyList<IReadOnlyList<int>> cells = plan.Design.Cells;
            int opposite = Enumerable.Range(0, cells.Count).MaxBy(c => cells[c].Zip(cells[0]).Count(pair => pair.First != pair.Second));
            StudyCell[] two = [.. plan.Cells.Where(cell => cell.Budget == plan.Budgets.Count - 1 && (cell.Cell == 0 || cell.Cell == opposite))];
            IReadOnlyList<StudyWork<TItem>.Piece> pieces = work.Pieces(PilotBlocks, two);
            IReadOnlyList<PieceResult> results = work.Run(pieces, "pilot", progress);
            var spreads = new List<(Response, double, double)>();
            foreach (Response response in work.Responses.Where(response => s_watched.Contains(response.Name)))
            {
                double[][] blocks = [.. Enumerable.Range(0, PilotBlocks)
                    .Select(block => two.Select(cell => Value(pieces, results, cell, block, response.Name)).OfType<double>().ToArray())];
                if (blocks.Any(values => values.Length != two.Length) || two.Length < 2) continue;
                double[] differences = [.. blocks.Select(values => values[1] - values[0])];
                double mean = differences.Average();
                // Half of a difference's variance is that of one cell.
                double spread = Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (PilotBlocks - 1) / 2);
                spreads.Add((response, spread, Effects.Expected(plan.Design, spread, plan.Options.Blocks)));
            }
            return new PilotResult(two.Length * PilotBlocks, results.Average(result => result.Seconds), Environment.WorkingSet, spreads);
        }

        private StudyResult Measured<TItem>(StudyWork<TItem> work, IReadOnlyList<StudyWork<TItem>.Piece> pieces, IReadOnlyList<PieceResult> results, int blocks)
        {
            StudyOptions options = plan.Options;
            StudyRow[] rows = [.. plan.Cells.Select(cell =>
            {
                CellOutcome[] outcomes = [.. Enumerable.Range(0, blocks).Select(block => OutcomeOf(pieces, results, cell, block))];
                var values = new SortedDictionary<string, IReadOnlyList<double?>>(StringComparer.Ordinal);
                foreach (Response response in work.Responses)
                {
                    double?[] each = [.. outcomes.Select(outcome => outcome.Values.TryGetValue(response.Name, out double value) ? value : (double?)null)];
                    if (each.Any(value => value is not null)) values[response.Name] = each;
                }
                return new StudyRow(cell.Budget, cell.Cell, cell.Name, values)
                {
                    Why = Enumerable.Range(0, blocks).Where(block => outcomes[block].Why is not null).ToDictionary(block => block, block => outcomes[block].Why!),
                };
            })];
            return new StudyResult
            {
                Vestige = Audit.ThisVersion,
                Command = context.CommandLine,
                Seed = options.Seed,
                Source = options.Source,
                Compressor = options.Compressor,
                Units = options.Units,
                Factors = plan.Design.Factors,
                Design = plan.Design.Summary,
                Cells = plan.Design.Cells,
                Blocks = blocks,
                Budgets = plan.Budgets,
                Responses = [.. work.Responses.Where(response => rows.Any(row => row.Values.ContainsKey(response.Name)))],
                Rows = rows,
                Effects = [],
            };
        }

        private IReadOnlyList<CellSpeed> Seconds<TItem>(IReadOnlyList<StudyWork<TItem>.Piece> pieces, IReadOnlyList<PieceResult> results, int blocks) =>
            [.. plan.Cells.Select(cell => new CellSpeed(cell.Budget, cell.Cell, Enumerable.Range(0, blocks).Average(block =>
            {
                int piece = PieceOf(pieces, cell, block);
                return results[piece].Seconds / pieces[piece].Cells.Count;
            })))];

        private static CellOutcome OutcomeOf<TItem>(IReadOnlyList<StudyWork<TItem>.Piece> pieces, IReadOnlyList<PieceResult> results, StudyCell cell, int block)
        {
            int piece = PieceOf(pieces, cell, block);
            return results[piece].Outcomes[pieces[piece].Cells.ToList().IndexOf(cell)];
        }

        private static int PieceOf<TItem>(IReadOnlyList<StudyWork<TItem>.Piece> pieces, StudyCell cell, int block) =>
            Enumerable.Range(0, pieces.Count).First(i => pieces[i].Block == block && pieces[i].Cells.Contains(cell));

        private static double? Value<TItem>(IReadOnlyList<StudyWork<TItem>.Piece> pieces, IReadOnlyList<PieceResult> results, StudyCell cell, int block, string response) =>
            OutcomeOf(pieces, results, cell, block).Values.TryGetValue(response, out double value) ? value : null;
    }
}
