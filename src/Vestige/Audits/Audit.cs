using Vestige.Compressors;
using Vestige.Results;
using Vestige.Sources;
using Vestige.Views;

namespace Vestige.Audits;

/// <summary>What to audit.</summary>
/// <param name="Split">The real samples.</param>
/// <param name="Compressors">The rows the user named, in order.</param>
/// <param name="Parrot">The look-up table for this kind of item.</param>
/// <param name="Views">What to look through; the first is the headline.</param>
/// <param name="Settings">Everything else.</param>
public sealed record AuditRequest<TItem>(
    Split<TItem> Split,
    IReadOnlyList<ICompressor<TItem>> Compressors,
    ICompressor<TItem> Parrot,
    IReadOnlyList<IView<TItem>> Views,
    AuditSettings Settings);

/// <summary>Settings of an audit.</summary>
/// <param name="SourceName">As the user named the source.</param>
/// <param name="Command">The command line, for the result.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Units">At most so many units in each sample.</param>
/// <param name="Threads">Threads; no figure depends on it.</param>
/// <param name="Versions">Versions of the libraries behind the figures.</param>
public sealed record AuditSettings(
    string SourceName, string Command, ulong Seed, int Units, int Threads, IReadOnlyDictionary<string, string> Versions);

/// <summary>All ledgers, bits and findings of several compressors on one source.</summary>
/// <remarks>
/// Documents stream through once: read, looked at, coded by every codec and looked at again; nothing but looks and sizes is kept.
/// Then models are trained and sampled, and each row's ledger is estimated.
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
        var yardstick = new Stored<TItem>("yardstick", split.Yardstick);
        ICompressor<TItem>[] compressors = [yardstick, request.Parrot, .. request.Compressors];
        var training = new Training<TItem>(split.Training, request.Settings.Seed);
        List<RowWork<TItem>> rows = [.. compressors.Select((c, i) => new RowWork<TItem>(c, named: i >= 2))];
        foreach (RowWork<TItem> row in rows) row.Compressed = row.Compressor.Compress(training, progress, cancel);

        DocumentPass<TItem> pass = DocumentPass<TItem>.Run(request, rows, progress, cancel);
        EqualSamples<TItem> samples = EqualSamples<TItem>.Of(split, pass);
        LedgerPass<TItem>.Run(request, samples, pass, rows, progress, cancel);

        Row[] results = [.. rows.Select(row => row.ToRow(pass))];
        SourceInfo source = Describe(request, pass, samples);
        return new AuditResult
        {
            Run = new RunInfo(ThisVersion, request.Settings.Command, request.Settings.Seed, request.Settings.Units, request.Settings.Versions),
            Source = source,
            Rows = results,
            Findings = Findings.Of(source, results),
            Problems = pass.Problems,
        };
    }

    /// <summary>Version of this library.</summary>
    public static string ThisVersion { get; } = typeof(Audit).Assembly.GetName().Version!.ToString(3);

    private static SourceInfo Describe<TItem>(AuditRequest<TItem> request, DocumentPass<TItem> pass, EqualSamples<TItem> samples)
    {
        Medium medium = pass.Entries[0].Source.Medium;
        long size = 0, current = 0;
        int usable = 0;
        for (int i = 0; i < pass.Entries.Count; i++)
        {
            if (!pass.Usable(i)) continue;
            usable++;
            size += pass.Size(i);
            current += pass.Entries[i].Info.Bytes;
        }
        return new SourceInfo
        {
            Name = request.Settings.SourceName,
            Items = medium.Items,
            SizeUnit = medium.SizeUnit,
            Documents = pass.Entries.Count,
            Usable = usable,
            Copies = request.Split.Copies,
            UnitsPerSample = samples.Units,
            Size = size,
            CurrentBytes = current,
            RawBytes = size * medium.RawBits / 8,
        };
    }
}
