using Vestige.Compressors;
using Vestige.Specs;

namespace Vestige.Language.Worlds;

/// <summary>The sentences that a model draws after a line feed; their probabilities are the model's own for the bytes up to the next one.</summary>
/// <param name="name">Name of the row.</param>
/// <param name="model">The model.</param>
/// <param name="longest">Bytes of the longest sentence of T: what has not ended by then is cut off there.</param>
internal sealed class SentenceText(string name, ICompressed<Passage> model, int longest) : IGenerator<Passage>, IDensity<Passage>
{
    private const int Chunk = 64;

    private readonly IPromptedText _model = model as IPromptedText
        ?? throw new SpecException($"{name} cannot go on from a given text, as the sentences of this world are asked for");

    public long? DescriptionBytes => model.DescriptionBytes;

    public long? Parameters => model.Parameters;

    public IEnumerable<IReadOnlyList<Passage>> Sample(int units, ulong seed, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        for (int first = 0; first < units; first += Chunk)
        {
            byte[][] texts = _model.Sample(Math.Min(Chunk, units - first), longest, Sentence.Prompt, seed, first, null, cancel);
            for (int i = 0; i < texts.Length; i++) yield return [Sentence.Cut(new Passage(texts[i], $"{name}, sample {first + i + 1}", 0))];
            progress?.Report(new WorkProgress($"sampling {name}", (double)Math.Min(units, first + Chunk) / units));
        }
    }

    public double Log2Probability(Passage item) => Log2Probabilities([item])[0];

    public double[] Log2Probabilities(IReadOnlyList<Passage> items)
    {
        Passage[] distinct = [.. items.Distinct()];
        Array.Sort(distinct, (a, b) => a.Span.SequenceCompareTo(b.Span));
        (double[] log2, _) = Log2Probabilities(new SortedTexts([.. distinct.Select(item => item.Bytes)]), 0, null, CancellationToken.None);
        var of = new Dictionary<Passage, double>();
        for (int i = 0; i < distinct.Length; i++) of.Add(distinct[i], log2[i]);
        return [.. items.Select(item => of[item])];
    }

    /// <summary><c>log2 q</c> of sorted sentences; see <see cref="IPromptedText"/>.</summary>
    internal (double[] Log2, double LeftOut) Log2Probabilities(SortedTexts texts, double negligible, IProgress<double>? progress, CancellationToken cancel) =>
        _model.Log2Probabilities(new SortedTexts([.. texts.Texts.Select(Sentence.Prompted)]), Sentence.Prompt.Length, negligible, progress, cancel);
}
