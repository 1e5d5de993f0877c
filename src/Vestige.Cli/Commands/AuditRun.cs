using Vestige.Audits;
using Vestige.Choices;
using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Cli.Gates;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Cli.Runs;
using Vestige.Exhibits;
using Vestige.Expressions;
using Vestige.Results;
using Vestige.Specs;

namespace Vestige.Cli.Commands;

/// <summary>Audits from the user's words to files, tables and exit status.</summary>
internal static class AuditRun
{
    /// <summary>Runs it. What is wrong with the command line is said first, then what cannot be written, both before the work.</summary>
    /// <param name="context">What the command is run with.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="check">Throws where sources and code are not what they should be, before the work; null where they may be any.</param>
    internal static int Run(Context context, AuditOptions options, Action<RunFacts>? check = null)
    {
        if (options.IsDefault) return DefaultAudit.Run(context, options);
        Plan plan = Plan.Of(options.Resolved()) with { Check = check };
        using var files = new RunFiles(options.Json, options.Out, new Inputs(plan.Paths));
        AuditResult result = Result(context, plan, files);
        files.Write(result);
        AuditTable.Write(context.Output.Tables(), result);
        if (options.Out is { } folder) ReportRun.After(context, folder);
        return Status(context, [result]);
    }

    /// <summary>An audit whose words have been understood.</summary>
    internal sealed record Plan(AuditOptions Options, Domain Domain, IReadOnlyList<Spec> Specs, IReadOnlyList<Gate> Gates)
    {
        /// <summary>What a setting must be to be chosen; null for the default.</summary>
        internal ChoiceRule? Choose { get; private init; }

        /// <summary>The row that the others are held against; null for none.</summary>
        internal string? Against { get; private init; }

        /// <summary>Throws where sources and code are not what they should be; null where they may be any.</summary>
        internal Action<RunFacts>? Check { get; init; }

        /// <summary>Pairs of rows whose difference is asked for, or needed by a condition.</summary>
        internal IReadOnlyList<(string Row, string Less)> Compare { get; private init; } = [];

        /// <summary>All files and folders that it reads.</summary>
        internal IEnumerable<string> Paths => [.. Options.Sources, .. Specs.Select(spec => spec.Path).OfType<string>()];

        /// <exception cref="UsageException">Something in the command line is wrong.</exception>
        internal static Plan Of(AuditOptions options)
        {
            Domain domain = CompressorChoice.DomainOf(options.Source ?? options.Train,
                options.Against is { } reference ? [.. options.Compressors, reference] : options.Compressors, options.Reading.Extensions.Count > 0);
            IReadOnlyList<Spec> specs = CompressorChoice.Parse(domain, options.Compressors);
            Spec? against = options.Against is null ? null : CompressorChoice.Reference(domain, options.Against);
            if (against is not null && specs.All(spec => spec.Name != against.Name)) specs = [against, .. specs];
            CheckView(domain, options.View);
            IReadOnlyList<Column> columns = Columns.Of(domain.SizeUnit, options.Paired ? domain.PairedMeasures.Select(measure => (measure.Name, measure.Unit)) : []);
            Gate[] gates = [.. options.Gates.Select(gate => Gate.Parse(gate, columns))];
            ChoiceRule? choose = options.Choose is { } text ? new ChoiceRule(text, Gate.Read("--choose", text, columns)) : null;
            if (gates.Length > 0 && specs.Count == 0) throw new UsageException("--fail-if judges the compressors that are named, and none is");
            if (choose is not null && specs.Count == 0) throw new UsageException("--choose chooses among the compressors that are named, and none is");
            return new Plan(options, domain, specs, gates)
            {
                Choose = choose,
                Against = against?.Name,
                Compare = [.. RowPairs.Of(options.Compare, specs), .. RowPairs.Needed([.. gates.Select(gate => gate.Condition), .. choose is null
                    ? [] : new[] { choose.Condition }], specs)]
            };
        }
    }

    /// <summary>Does the work of one audit and judges its gates.</summary>
    internal static AuditResult Result(Context context, Plan plan, RunFiles files)
    {
        try
        {
            AuditResult result = plan.Domain.Accept(new Runner(context, plan, files));
            // Rows that nobody named are no reason to fail.
            return result with { Gates = [.. plan.Gates.SelectMany(gate => gate.Judge(result)).Where(outcome => plan.Specs.Any(spec => spec.Name == outcome.Row))] };
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException(plan.Options.Out is null
                ? "interrupted; with --out DIR the work done would have been kept"
                : $"interrupted; what is done is kept in {plan.Options.Out}, and the same command goes on there");
        }
        catch (InvalidDataException e)
        {
            // A model that was read, and then could not be run.
            throw new DataException(e.Message);
        }
    }

    /// <summary>Says which gates fell, and with what status to end.</summary>
    internal static int Status(Context context, IReadOnlyList<AuditResult> results)
    {
        GateOutcome[] fallen = [.. results.SelectMany(result => result.Gates).Where(gate => gate.Fell)];
        foreach (GateOutcome gate in fallen) context.Output.Note($"gate fell: {gate.Row}: {gate.Why} ({gate.Gate})");
        // A gate is a check of these files: what was measured of them is judged, and what is not known of others is said.
        foreach (string note in results.SelectMany(result => result.Gates).Where(gate => gate.NoInterval is not null)
            .Select(gate => $"{gate.Gate} was judged as measured on these files: {gate.NoInterval}").Distinct()) context.Output.Note(note);
        return results.Any(IsEmpty) ? ExitStatus.Data : fallen.Length > 0 ? ExitStatus.GateFell : ExitStatus.Done;
    }

    /// <summary>Nothing could be used, or nothing of what was asked for could be made: there is no figure. Asked for are the rows that were named, and
    /// where none was the corners: of these a ledger, or what the source takes in a code without loss. Its own bytes are no figure.</summary>
    private static bool IsEmpty(AuditResult result)
    {
        if (result.Source.Units == 0) return true;
        Row[] named = [.. result.Rows.Where(row => row.Named)];
        return named.Length > 0
            ? named.All(row => row.Ledgers.Count == 0 && row.Why is not null && !row.Bits.Rate.IsMeasured)
            : result.Rows.All(row => row.Ledgers.Count == 0) && result.Source.LosslessBytes is null && result.Lossless?.Best() is null;
    }

    private static void CheckView(Domain domain, string? view)
    {
        if (view is not null && domain.ViewFault(view) is { } fault) throw new UsageException($"--view {view}: {fault}");
    }

    private sealed class Runner(Context context, Plan plan, RunFiles files) : IDomainVisitor<AuditResult>
    {
        public AuditResult Visit<TItem>(Domain<TItem> domain)
        {
            AuditOptions options = plan.Options;
            using ProgressLine progress = context.Output.Progress();
            var setup = AuditSetup<TItem>.Of(context, plan, domain, progress);
            plan.Check?.Invoke(setup.Facts);
            AuditResult result = Audit.Run(
                setup.Request with
                {
                    Journal = files.Journal,
                    Shelf = files.Shelf,
                    Exhibition = options.Out is not null && domain.Exhibitor is { } exhibitor ? new Exhibition<TItem>(exhibitor, files.SaveExhibit) : null,
                    Items = options.Out is null ? null : items => files.SaveItems(options.SourceName, items),
                    Copies = options.Out is null ? null : copies => files.SaveCopies(options.SourceName, copies),
                },
                progress, context.Cancel);
            progress.Dispose();
            foreach (string notice in setup.Notices) context.Output.Note(notice);
            return result;
        }
    }
}
