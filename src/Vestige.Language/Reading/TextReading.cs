using Vestige.Audits.Reading;
using Vestige.Compressors;
using Vestige.Language.Strings;
using Vestige.Language.Views;
using Vestige.Results;
using Vestige.Views;

namespace Vestige.Language.Reading;

/// <summary>Close reading of text: verbatim copies of T, extraction, samples to read, and what is not said any more.</summary>
/// <param name="threads">Threads; nothing depends on it.</param>
/// <param name="extraction">How it is tried to get T out of models.</param>
public sealed class TextReading(int threads, ExtractionPlan extraction) : ICloseReading<Passage>
{
    /// <inheritdoc/>
    public ICloseReader<Passage> Open(RealItems<Passage> real, IView<Passage> view, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(real);
        progress?.Report(new WorkProgress("indexing the training text", 0));
        CopyIndex index = CopyIndex.Of(real.Training, threads);
        return new Reader(real, index, index.Measure(DocumentText.Read(real.Floor), null, cancel).Copied.Value, view as IGramView, extraction);
    }

    private sealed class Reader(RealItems<Passage> real, CopyIndex index, double? floor, IGramView? view, ExtractionPlan plan) : ICloseReader<Passage>
    {
        private readonly Lazy<List<ExtractionTry>> _seen = new(() => ExtractionTry.Of(real.Training, plan));
        private readonly Lazy<List<ExtractionTry>> _unseen = new(() => ExtractionTry.Of(real.HeldOut, plan));
        private readonly LostGrams? _lost = view is null ? null : new LostGrams(view, real.HeldOut);
        private readonly SampleSpans? _samples = view is null ? null : new SampleSpans(view, index, real);

        public RowReading Read(string row, ICompressed<Passage> compressed, IEnumerable<IReadOnlyList<Passage>> generated, bool show,
            IProgress<WorkProgress>? progress, CancellationToken cancel)
        {
            (CopyReport copying, IReadOnlyList<CopiedSpan> copies) = index.Measure(row, generated, progress, cancel);
            ExtractionReport? extraction = compressed is ITextCompleter model && (model.MostContinued > 0 || plan.Prompts.Count > 0)
                ? Extraction.Try(model, Spread(_seen.Value, model.MostContinued), Spread(_unseen.Value, model.MostContinued), plan, progress, cancel) : null;
            List<Exhibit> exhibits = [];
            if (show)
            {
                exhibits.AddRange(_samples?.Of(row, generated) ?? []);
                if (_lost?.Of(row, generated) is { } lost) exhibits.Add(lost);
            }
            return new RowReading(copying with { Copied = copying.Copied with { Floor = floor } }, extraction, exhibits) { Copies = show ? copies : [] };
        }

        /// <summary>So many of them at most, evenly out of all.</summary>
        private static List<ExtractionTry> Spread(List<ExtractionTry> tries, int most) =>
            tries.Count <= most ? tries : [.. Enumerable.Range(0, most).Select(i => tries[(int)((long)i * tries.Count / most)])];
    }
}
