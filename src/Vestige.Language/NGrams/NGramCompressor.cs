using Vestige.Compressors;
using Vestige.Sources;

namespace Vestige.Language.NGrams;

/// <summary>Fits an n-gram model to T.</summary>
/// <remarks>N-grams run through a document, from passage to passage.</remarks>
public sealed class NGramCompressor : ICompressor<Passage>
{
    private static readonly TrainedOnce<int, NGramText> s_models = new();

    private readonly int _order;
    private readonly SamplingOptions _sampling;

    private NGramCompressor(CompressorSpec spec)
    {
        Name = spec.Name;
        _order = spec.Whole("order");
        _sampling = SamplingOptions.Of(spec);
    }

    /// <summary><c>ngram:order=6</c> and the options of drawing.</summary>
    public static CompressorRow<Passage> Row { get; } = new("ngram", "counts of byte n-grams, smoothed (interpolated modified Kneser-Ney)",
        spec => new NGramCompressor(spec))
    {
        Options =
        [
            OptionSpec.Whole("order", NGramCounts.LowestOrder, NGramCounts.HighestOrder, 6, "bytes of the longest n-grams") with { AlwaysShown = true },
            .. SamplingOptions.Specs,
        ],
    };

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ICompressed<Passage> Compress(Training<Passage> training, IProgress<Advance>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        return s_models.Get(training, _order, () => Train(training, progress, cancel)).With(Name, _sampling);
    }

    private NGramText Train(Training<Passage> training, IProgress<Advance>? progress, CancellationToken cancel)
    {
        int passageBytes = 0;
        List<ReadOnlyMemory<byte>> texts = [];
        foreach (IReadOnlyList<Passage> passages in DocumentText.Read(training.Documents))
        {
            passageBytes = passages.Aggregate(passageBytes, (longest, passage) => Math.Max(longest, passage.Length));
            texts.AddRange(DocumentText.Of(passages).Select(text => text.Bytes));
        }
        if (passageBytes == 0) throw new UnusableDocumentException("there is no text to train on");
        NGramCounts counts = NGramTrainer.Count(texts, _order, progress, cancel);
        return new NGramText(Name, new NGramModel(counts), NGramFile.SizeOf(counts), SamplingOptions.Plain, passageBytes,
            [.. training.Documents.Select(entry => entry.Info.Content)]);
    }
}
