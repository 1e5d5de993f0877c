using Vestige.Audits.Comparisons;
using Vestige.Audits.Documents;
using Vestige.Audits.Exact;
using Vestige.Audits.Ledgers;
using Vestige.Audits.Paired;
using Vestige.Audits.Rates;
using Vestige.Audits.Reading;
using Vestige.Choices;
using Vestige.Compressors;
using Vestige.Conclusions;
using Vestige.Results;

namespace Vestige.Audits;

/// <summary>All ledgers, bits and findings of several compressors on one source.</summary>
/// <remarks>
/// Documents stream through once: read, looked at, coded by every codec and looked at again. What was seen and the sizes go to the journal,
/// and what the journal holds already is not done again. Then models are trained and sampled, and each row's ledger is estimated.
/// Each pass takes a record and gives one; none changes what another gave.
/// </remarks>
public static class Audit
{
    /// <summary>Runs the audit.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static AuditResult Run<TItem>(AuditRequest<TItem> request, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        (Split<TItem> split, AuditSettings settings, int threads) = (request.Split, request.Settings, request.Settings.Threads);
        AuditedRow<TItem>[] rows = AuditedRows.Of(request, progress, cancel);

        var input = new DocumentInput<TItem>(split, rows, request.Views, request.Pairing, request.Journal, new WorkKeys<TItem>(settings.Reading, settings.Versions), threads);
        SeenDocuments<TItem> documents = DocumentPass<TItem>.Run(input, progress, cancel);
        request.Items?.Invoke(ItemFigures.Of(input, documents));

        Samples<TItem> samples = Samples<TItem>.Of(split, documents);
        RowLedgers<TItem>[] ledgers = LedgerPass<TItem>.Run(new LedgerInput<TItem>(split, samples, documents, rows, request.Views, settings.Seed, threads)
        {
            Exhibition = request.Exhibition,
            IsPaired = request.Pairing is not null,
            HoldsItems = request.CloseReading is not null,
        }, progress, cancel);
        Memory.GiveBack();
        if (!request.FirstViewLeads) ledgers = Headline.PutFirst(rows, ledgers);
        RowExact[] exact = ExactPass<TItem>.Run(
            new ExactInput<TItem>(split, samples, documents, rows, ledgers, settings.Seed, threads, request.Exhibition), progress, cancel);

        var reading = new ReadingInput<TItem>(split, rows, ledgers, threads);
        RowReading?[] readings = request.CloseReading is { } close ? CloseReadingPass.Run(reading, close, request.Views, progress, cancel) : new RowReading?[rows.Length];
        FoundCopies copies = NearCopyPass<TItem>.Run(reading, request.NearCopies, request.Exhibition, progress, cancel);
        if (copies.Rows.Any(row => row.Items.Count > 0)) request.Items?.Invoke(copies.Rows.SelectMany(row => row.Items));
        request.Copies?.Invoke(Enumerable.Range(0, rows.Length).Where(r => rows[r].Named).SelectMany(r => (readings[r]?.Copies ?? []).Concat(copies.Rows[r].Spans)));

        Memory.GiveBack();

        PairedReports paired = request.Pairing is { } pairing
            ? PairedPass<TItem>.Run(new PairedInput<TItem>(pairing, documents, rows, settings.FamilyOf, request.Exhibition, threads), progress, cancel)
            : new PairedReports([], new PairedReport?[rows.Length], [], []);
        RowRates rates = RatePass<TItem>.Run(new RateInput<TItem>(documents, samples, rows, settings.Altered, settings.Seed, threads, request.Journal), request.Peers,
            progress, cancel);
        if (rates.Items.Count > 0) request.Items?.Invoke(rates.Items);

        (ComparisonInfo? against, ComparisonReport?[] kept) = ComparisonPass<TItem>.Run(request.Against, rows, samples, progress, cancel);

        var labels = new Labels(rows.Select(row => row.Name));
        Row[] results = [.. rows.Select((row, r) => new Row
        {
            Name = row.Name,
            Label = labels[row.Name],
            Family = settings.FamilyOf(row.Name),
            Kind = row.Kind,
            IsCodec = row.Codec is not null,
            Fingerprint = row.Compressed is IGenerator<TItem> and IIdentified model ? model.Identity : null,
            Against = kept[r],
            Settings = (row.Compressed as IIdentified)?.Settings,
            Bits = rates.Rows[r],
            Paired = paired.Rows[r],
            Ledgers = ledgers[r].Ledgers,
            Copying = readings[r]?.Copying,
            NearCopies = copies.Rows[r].Report,
            Outputs = Outputs.Of(row, request.Split, settings.Seed),
            Answers = (row.Compressed as IAnswers)?.Answered,
            Extraction = readings[r]?.Extraction,
            Why = ledgers[r].Why,
            Exact = exact[r].Report,
        })];
        var result = new AuditResult
        {
            Run = new RunInfo(ThisVersion, settings.Command, settings.Seed, settings.Units, settings.Versions),
            Source = SourceAccount.Of(request, documents, samples) with { LosslessBytes = rates.LosslessBytes },
            Rows = results,
            Lossless = rates.Lossless,
            Against = against,
            Findings = [],
            Contamination = copies.Contamination,
            Differences = Differencing.Of(results, settings.Compare),
            PairedMeasures = paired.Measures,
            Matched = paired.Matched,
            Exhibits = [.. rows.SelectMany((row, r) => paired.Exhibits.Where(exhibit => exhibit.Row == row.Name)
                .Concat(ledgers[r].Exhibits).Concat(exact[r].Exhibits).Concat(copies.Rows[r].Exhibits).Concat(readings[r]?.Exhibits ?? []))],
            Problems = documents.ProblemsBySource,
            Speed = rates.Speed,
        };
        return Conclude.With(result with { Choice = Choosing.Of(result, settings.Choose) });
    }

    /// <summary>Version of this library.</summary>
    public static string ThisVersion { get; } = typeof(Audit).Assembly.GetName().Version!.ToString(3);
}
