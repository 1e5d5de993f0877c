using Vestige.Compressors;
using Vestige.Conclusions;
using Vestige.Copies;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Audits;

/// <summary>All ledgers, bits and findings of several compressors on one source.</summary>
/// <remarks>
/// Documents stream through once: read, looked at, coded by every codec and looked at again. What was seen and the sizes go to the journal,
/// and what the journal holds already is not done again. Then models are trained and sampled, and each row's ledger is estimated.
/// </remarks>
public static class Audit
{
    /// <summary>Documents a sample must have for a ledger.</summary>
    public const int MinDocuments = 4;

    /// <summary>Runs the audit.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static AuditResult Run<TItem>(AuditRequest<TItem> request, IProgress<Advance>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        Split<TItem> split = request.Split;
        AuditSettings settings = request.Settings;
        var yardstick = new Stored<TItem>("yardstick", split.Yardstick);
        var training = new Training<TItem>(split.Training, settings.Seed) { Shelf = request.Shelf };
        List<RowWork<TItem>> rows =
        [
            new(yardstick, RowKind.Yardstick), new(request.Parrot, RowKind.Parrot),
            .. request.Shuffle is { } shuffle && split.Yardstick.Count > 0
                ? [new RowWork<TItem>(Shuffled.Of(split.Yardstick, shuffle, settings.Seed), RowKind.Shuffled)] : Array.Empty<RowWork<TItem>>(),
            .. request.Compressors.Select(compressor => new RowWork<TItem>(compressor, RowKind.Named)),
        ];
        foreach (RowWork<TItem> row in rows)
        {
            row.Compressed = Compress(row.Compressor, training, progress, cancel);
            row.Codec = RememberedCodec<TItem>.For(row.Compressed as ICodec<TItem>, split.Training);
            if (row.Compressed is not IStored<TItem> stored) continue;
            if (row.Named) row.Elsewhere = Split.Draw(stored.Documents, settings.Units, settings.Seed);
            else if (row.Kind == RowKind.Shuffled) row.Elsewhere = stored.Documents;
        }

        DocumentPass<TItem> pass = DocumentPass<TItem>.Run(request, rows, progress, cancel);
        request.Items?.Invoke(Items.Of(request, pass, rows));
        Samples<TItem> samples = Samples<TItem>.Of(split, pass);
        LedgerPass<TItem>.Run(request, samples, pass, rows, progress, cancel);
        if (!request.FirstViewLeads) Headline.PutFirst(rows);
        ExactPass<TItem>.Run(request, samples, pass, rows, progress, cancel);
        CloseReadingPass.Run(request, rows, progress, cancel);
        Contamination? contamination = NearCopyPass<TItem>.Run(request, rows, progress, cancel);
        CopyLists.Write(request, rows);

        var paired = new PairedPass<TItem>(request, pass);
        IReadOnlyList<Exhibit> changed = PairedExhibits<TItem>.Of(request, pass, rows, progress, cancel);
        var bits = new RowBits<TItem>(pass, lossless: rows[1], settings.Altered);
        var labels = new Labels(rows.Select(row => row.Compressor.Name));
        Row[] results = [.. rows.Select(row => row.ToRow(settings, row.Compressed is IDensity<TItem> density && samples.Units > 0
            ? CodeLengths.Of(bits.Of(row), density, samples, settings, cancel)
            : bits.Of(row), paired.Of(row)) with { Label = labels[row.Compressor.Name] })];
        LosslessCodes? lossless = samples.Units == 0 ? null : request.Peers?.Measure([.. samples.Training.Select(part => part.Entry)],
            [.. Samples<TItem>.First(samples.HeldOut, Samples<TItem>.UnitsOf(samples.Floor)).Select(part => part.Entry)], request.Journal, settings.Threads, progress, cancel);
        if (lossless?.Best() is { } best) results[1] = results[1] with { Bits = RowBits<TItem>.StoredBy(best, lossless) };
        SourceInfo source = Describe(request, pass, samples) with { LosslessBytes = request.Peers is null ? bits.LosslessBytes() : null };
        var result = new AuditResult
        {
            Run = new RunInfo(ThisVersion, settings.Command, settings.Seed, settings.Units, settings.Versions),
            Source = source,
            Rows = results,
            Lossless = lossless,
            Findings = [],
            Contamination = contamination,
            Differences = Differencing.Of(results, settings.Compare),
            PairedMeasures = [.. (request.Pairing?.Measures ?? []).Select(measure => measure.Info)],
            Matched = paired.Matched(rows),
            Exhibits = [.. rows.SelectMany(row => changed.Where(exhibit => exhibit.Row == row.Compressor.Name).Concat(row.Exhibits).Concat(row.Reading?.Exhibits ?? []))],
            Problems = pass.Problems,
            Speed = [.. rows.Select(bits.SpeedOf).OfType<Speed>()],
        };
        return Conclude.With(result with { Choice = Choosing.Of(result, settings.Choose) });
    }

    private static ICompressed<TItem> Compress<TItem>(
        ICompressor<TItem> compressor, Training<TItem> training, IProgress<Advance>? progress, CancellationToken cancel)
    {
        try
        {
            return compressor.Compress(training, progress, cancel);
        }
        catch (UnusableDocumentException e)
        {
            return new Unfit<TItem>(e.Message);
        }
    }

    /// <summary>Version of this library.</summary>
    public static string ThisVersion { get; } = typeof(Audit).Assembly.GetName().Version!.ToString(3);

    private static SourceInfo Describe<TItem>(AuditRequest<TItem> request, DocumentPass<TItem> pass, Samples<TItem> samples)
    {
        Medium medium = pass.Entries[0].Source.Medium;
        long size = 0, current = 0;
        int usable = 0, units = 0;
        var formats = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < pass.Own; i++)
        {
            if (!pass.Usable(i)) continue;
            usable++;
            units += pass.Items(pass.Entries[i]);
            size += pass.Size(i);
            current += pass.Entries[i].Info.Bytes;
            if (pass.Entries[i].Info.Format is { } format) formats[format] = formats.GetValueOrDefault(format) + 1;
        }
        Split<TItem> split = request.Split;
        long sampled = new[] { samples.Training, samples.HeldOut, samples.Floor, samples.Yardstick }.Sum(parts => (long)Samples<TItem>.UnitsOf(parts));
        long copies = split.Rest.Where(split.IsCopy).Sum(entry => (long)pass.Items(entry));
        bool sections = !split.IsGrouped && pass.Entries.Take(pass.Own).Any(entry => entry.Info.Whole != 0);
        return new SourceInfo
        {
            Name = request.Settings.SourceName,
            Items = medium.Items,
            SizeUnit = medium.SizeUnit,
            Document = medium.Document,
            Documents = pass.Own,
            Usable = usable,
            Units = units,
            Copies = split.Copies,
            Deal = new DealInfo(Samples<TItem>.Describe(samples.Training), Samples<TItem>.Describe(samples.HeldOut),
                Samples<TItem>.Describe(samples.Floor), Samples<TItem>.Describe(samples.Yardstick))
            {
                By = split.IsGrouped ? "group" : sections ? "section" : "document",
                LeftOut = units - sampled - copies,
                LeftOutShare = units == 0 ? 0 : (double)(units - sampled - copies) / units,
                SharedWithTraining = split.SharedWithTraining,
                IsTrainingNamed = split.TrainingIsKnown,
            },
            Formats = formats,
            Altered = request.Settings.Altered,
            Size = size,
            CurrentBytes = current,
            RawBytes = size * medium.RawBits / 8,
            LosslessBytes = null,
        };
    }
}
