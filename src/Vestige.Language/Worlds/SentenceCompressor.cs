using Vestige.Compressors;

namespace Vestige.Language.Worlds;

/// <summary>A language model as a distribution over sentences: what it draws ends with its first line feed.</summary>
internal sealed class SentenceCompressor(ICompressor<Passage> model) : ICompressor<Passage>
{
    public string Name => model.Name;

    public ICompressed<Passage> Compress(Training<Passage> training, IProgress<Advance>? progress, CancellationToken cancel) =>
        new SentenceText(model.Compress(training, progress, cancel));

    /// <summary>The same row for sentences.</summary>
    internal static CompressorRow<Passage> Of(CompressorRow<Passage> row) =>
        new(row.Name, row.Description, spec => new SentenceCompressor(row.Create(spec)))
        {
            Options = row.Options,
            PathLabel = row.PathLabel,
            WhyAbsent = row.WhyAbsent,
            Version = row.Version,
        };
}

/// <summary>The sentences that a model draws. Their probabilities are the model's own for the bytes up to the line feed.</summary>
internal sealed class SentenceText(ICompressed<Passage> model) : IGenerator<Passage>, IDensity<Passage>
{
    private readonly IGenerator<Passage> _generator = (IGenerator<Passage>)model;
    private readonly IDensity<Passage> _density = (IDensity<Passage>)model;

    public long? DescriptionBytes => model.DescriptionBytes;

    public IEnumerable<IReadOnlyList<Passage>> Sample(int units, ulong seed, IProgress<Advance>? progress, CancellationToken cancel) =>
        _generator.Sample(units, seed, progress, cancel).Select(document => document.Select(Sentence.Cut).ToArray());

    public double Log2Probability(Passage item) => _density.Log2Probability(item);

    public double[] Log2Probabilities(IReadOnlyList<Passage> items) => _density.Log2Probabilities(items);

    /// <summary><see cref="ISharingDensity.Log2Probabilities"/>, text by text where the model knows no better.</summary>
    internal (double[] Log2, double LeftOut) Log2Probabilities(SortedTexts texts, double negligible, IProgress<double>? progress, CancellationToken cancel) =>
        model is ISharingDensity sharing
            ? sharing.Log2Probabilities(texts, negligible, progress, cancel)
            : (_density.Log2Probabilities([.. texts.Texts.Select(text => new Passage(text, "", 0))]), 0);
}
