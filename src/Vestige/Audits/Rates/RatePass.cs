using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Audits.Rates;

/// <summary>What the pass over rates takes.</summary>
/// <param name="Documents">What was found of each document.</param>
/// <param name="Samples">The samples, on which densities are scored.</param>
/// <param name="Rows">What is audited.</param>
/// <param name="Altered">What was done to the items before they were coded, so that the user's files are no measure of them; else null.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Threads">Threads; no figure depends on it.</param>
/// <param name="Journal">Where finished work is kept.</param>
internal sealed record RateInput<TItem>(SeenDocuments<TItem> Documents, Samples<TItem> Samples, IReadOnlyList<AuditedRow<TItem>> Rows, string? Altered,
    ulong Seed, int Threads, IJournal Journal);

/// <summary>What it gives.</summary>
/// <param name="Rows">Bits of each row, in their order.</param>
/// <param name="Speed">How fast codecs were.</param>
/// <param name="Lossless">Lossless coders beside them; null where there are none.</param>
/// <param name="LosslessBytes">Bytes of all usable documents in the parrot's code; null where it could not take some, or where coders take T as a whole.</param>
/// <param name="Items">Of models what single documents cost.</param>
internal sealed record RowRates(IReadOnlyList<Bits> Rows, IReadOnlyList<Speed> Speed, CoderResults? Lossless, long? LosslessBytes, IReadOnlyList<ItemFigure> Items);

/// <summary>What everything costs (design section 4).</summary>
internal static class RatePass<TItem>
{
    private static readonly Figure s_byPeers = Figure.NotMeasurable("coders without loss take T as a whole, and stand in a table of their own");

    internal static RowRates Run(RateInput<TItem> input, ICoderPeers<TItem>? peers, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        Samples<TItem> samples = input.Samples;
        var bits = new RowBits<TItem>(input.Documents, lossless: input.Rows.Single(row => row.Kind == RowKind.Parrot), input.Altered);
        var items = new List<ItemFigure>();
        Bits Scored(AuditedRow<TItem> row, IDensity<TItem> density)
        {
            (Bits scored, IReadOnlyList<ItemFigure> documents) = CodeLengths.Of(row.Name, bits.Of(row), density, samples, input.Seed, progress, cancel);
            items.AddRange(documents);
            return scored;
        }

        Bits[] rows = [.. input.Rows.Select(row => row.Compressed is IDensity<TItem> density && samples.Units > 0 ? Scored(row, density)
            : row.Compressed is IBoundedDensity<TItem> bounded && samples.Units > 0 ? CodeBounds.Of(row.Name, bits.Of(row), bounded, samples, progress, cancel) : bits.Of(row))];
        CoderResults? lossless = samples.Units == 0 ? null : peers?.Measure([.. samples.Training.Select(part => part.Entry)],
            [.. Samples<TItem>.First(samples.HeldOut, Samples<TItem>.UnitsOf(samples.Floor)).Select(part => part.Entry)], input.Journal, input.Threads, progress, cancel);
        // The parrot's code of single items is then none that loses nothing and saves something: coders take T as a whole.
        if (peers is not null)
        {
            rows = [.. rows.Select(row => row.SavingLossless is null ? row
                : row with { SavingLossless = s_byPeers, RatioToLossless = s_byPeers with { Unit = "ratio" } })];
        }
        if (lossless?.Best() is { } best)
        {
            for (int r = 0; r < rows.Length; r++)
                if (input.Rows[r].Kind == RowKind.Parrot) rows[r] = RowBits<TItem>.StoredBy(best, lossless);
        }
        return new RowRates(rows, [.. input.Rows.Select(bits.SpeedOf).OfType<Speed>()], lossless, peers is null ? bits.LosslessBytes() : null, items);
    }
}
