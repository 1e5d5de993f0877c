using Vestige.Audits;
using Vestige.Compressors;
using Vestige.Language.Strings;
using Vestige.Language.Views;
using Vestige.Results;
using Vestige.Views;

namespace Vestige.Language.Reading;

/// <summary>Close reading of text: verbatim copies of T, extraction, samples to read, and what is not said any more.</summary>
/// <param name="threads">Threads; nothing depends on it.</param>
public sealed class TextReading(int threads) : ICloseReading<Passage>
{
    /// <summary>Passages of T, and of H, whose start a model is asked to go on from.</summary>
    internal const int MostTried = 200;

    /// <inheritdoc/>
    public ICloseReader<Passage> Open(RealItems<Passage> real, IView<Passage> view, IProgress<Advance>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(real);
        progress?.Report(new Advance("indexing the training text", 0));
        CopyIndex index = CopyIndex.Of(real.Training, threads);
        return new Reader(real, index, index.Measure(DocumentText.Read(real.Floor), null, cancel).Copied.Value, view as IGramView);
    }

    private sealed class Reader(RealItems<Passage> real, CopyIndex index, double? floor, IGramView? view) : ICloseReader<Passage>
    {
        private readonly LostGrams? _lost = view is null ? null : new LostGrams(view, real.HeldOut);
        private readonly SampleSpans? _samples = view is null ? null : new SampleSpans(view, index, real);

        public Audits.Reading Read(string row, ICompressed<Passage> compressed, IEnumerable<IReadOnlyList<Passage>> generated, bool show,
            IProgress<Advance>? progress, CancellationToken cancel)
        {
            (CopyReport copying, IReadOnlyList<CopiedSpan> copies) = index.Measure(row, generated, progress, cancel);
            ExtractionReport? extraction = compressed is ITextCompleter model
                ? Extraction.Try(model, real.Training, real.HeldOut, MostTried, progress, cancel) : null;
            List<Exhibit> exhibits = [];
            if (show)
            {
                exhibits.AddRange(_samples?.Of(row, generated) ?? []);
                if (_lost?.Of(row, generated) is { } lost) exhibits.Add(lost);
            }
            return new Audits.Reading(copying with { Copied = copying.Copied with { Floor = floor } }, extraction, exhibits) { Copies = show ? copies : [] };
        }
    }
}
