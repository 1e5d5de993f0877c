using Vestige.Audits.Comparisons;
using Vestige.Compressors;
using Vestige.Language.Numerics;
using Vestige.Results;

namespace Vestige.Language.Comparisons;

/// <summary>Holds text models against another: position by position where their symbols are the same, else by the bits of passages.</summary>
/// <remarks>Streams: of a position nothing is kept but what it adds to sums. Documents are added in their order, so that nothing depends on threads.</remarks>
public sealed class ModelComparison : IComparison<Passage>
{
    /// <inheritdoc/>
    public (string Symbol, IReadOnlyList<ComparisonReport?> Rows) Compare(ICompressed<Passage> reference, IReadOnlyList<ICompressed<Passage>> rows,
        ComparisonSample<Passage> training, ComparisonSample<Passage> heldOut, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(heldOut);
        if (reference is not ISymbolText p) throw new InvalidDataException("--against: the row gives no probabilities; name a model");
        using var work = new Work(p, rows);
        double done = 0, all = training.Units + heldOut.Units;
        RowTally?[] Go(ComparisonSample<Passage> sample) =>
            work.Go(sample, units => progress?.Report(new WorkProgress("comparing models", Math.Min(1, (done += units) / all))), cancel);
        RowTally?[] ofTraining = Go(training), ofHeldOut = Go(heldOut);
        return (p.SymbolName, [.. rows.Select((row, r) => ofTraining[r] is not { } t ? null
            : ComparisonFigureMaker.Report(t, ofHeldOut[r]!, ReferenceEquals(row, reference), work.Why(r)))]);
    }

    private sealed class Work : IDisposable
    {
        private readonly ISymbolText _p;
        private readonly IReadOnlyList<ICompressed<Passage>> _rows;
        private readonly ISymbolReader _reader;
        private readonly ISymbolReader?[] _readers;
        private readonly Distributions _distributions = new();
        private readonly (Difference Difference, byte[] Piece)[][] _positions;

        internal Work(ISymbolText p, IReadOnlyList<ICompressed<Passage>> rows)
        {
            (_p, _rows) = (p, rows);
            _reader = p.OpenSymbols();
            _readers = [.. rows.Select(row => row is ISymbolText text && text.SymbolSet == p.SymbolSet ? text.OpenSymbols() : null)];
            _positions = new (Difference, byte[])[rows.Count][];
            Array.Fill(_positions, []);
        }

        /// <summary>Why a row's positions are not compared; null where they are.</summary>
        internal string? Why(int row) => _readers[row] is not null ? null
            : _rows[row] is ISymbolText text ? $"it writes other {text.SymbolName}s than the model it is held against ({_p.SymbolName}s): only bits per byte of passages compare"
            : "it does not say how probable each symbol is: only bits per byte of passages compare";

        internal RowTally?[] Go(ComparisonSample<Passage> sample, Action<int> done, CancellationToken cancel)
        {
            RowTally?[] tallies = [.. _rows.Select(row => row is IDensity<Passage> ? new RowTally() : null)];
            foreach (ComparisonDocument<Passage> document in sample.Documents)
            {
                foreach (Passage passage in document.Items)
                {
                    cancel.ThrowIfCancellationRequested();
                    Go(document, passage, tallies);
                }
                done(document.Items.Count);
            }
            return tallies;
        }

        public void Dispose()
        {
            _reader.Dispose();
            foreach (ISymbolReader? reader in _readers) reader?.Dispose();
        }

        private void Go(ComparisonDocument<Passage> document, Passage passage, RowTally?[] tallies)
        {
            int count = _reader.Begin(passage.Bytes) ?? 0;
            bool[] compared = [.. _readers.Select(reader => count > 0 && reader?.Begin(passage.Bytes) == count)];
            for (int r = 0; r < tallies.Length; r++)
            {
                if (compared[r] && _positions[r].Length < count) _positions[r] = new (Difference, byte[])[count];
                if (!compared[r] && (_readers[r] is not null || count == 0) && tallies[r] is { } tally) tally.LeftOut++;
            }
            double bits = 0;
            for (int at = 0; at < count; at++)
            {
                ReadOnlySpan<float> ofP = _reader.Predict();
                int symbol = _reader.Symbol;
                bits += (Distributions.LogSumExp(ofP) - ofP[symbol]) / Math.Log(2);
                byte[] piece = _reader.Piece(symbol).ToArray();
                for (int r = 0; r < tallies.Length; r++)
                    if (compared[r]) _positions[r][at] = (_distributions.Compare(ofP, _readers[r]!.Predict(), symbol), piece);
            }
            for (int r = 0; r < tallies.Length; r++)
            {
                if (tallies[r] is not { } tally || count == 0) continue;
                if (compared[r]) tally.Add(document.Cluster, document.Name, passage, _positions[r].AsSpan(0, count));
                else if (_readers[r] is null) tally.Add(document.Cluster, document.Name, passage.Length, bits, -((IDensity<Passage>)_rows[r]).Log2Probability(passage));
            }
        }
    }
}
