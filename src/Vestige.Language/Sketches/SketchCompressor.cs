using Vestige.Compressors;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Language.Sketches;

/// <summary>Sketches: the words that cost the model most are kept, with their places, and the model says the rest.</summary>
public sealed class SketchCompressor : ICompressor<Passage>
{
    private const string Frequency = "frequency", Sample = "sample", Exact = "exact";

    private static readonly TrainedOnce<Passage, int, Learnt> s_texts = new();
    private static readonly TrainedOnce<Passage, (double Keep, bool ByFrequency, bool IsExact), Sketched> s_models = new();

    private readonly SketchOptions _options;

    private SketchCompressor(Spec spec)
    {
        Name = spec.Name;
        bool isDrawn = spec.Choice("decode") == Sample;
        if (!isDrawn && spec.Given.Any(given => given.Option == "seed")) throw new SpecException($"\"{spec.Name}\": seed has no effect with decode=mean; leave it out.");
        _options = new SketchOptions(spec.Number("keep"), spec.Choice("model") == Frequency, spec.Choice("places") == Exact, isDrawn ? (ulong)spec.WholeNumber("seed") : null);
    }

    /// <summary><c>sketch:keep=0.5,model=ngram,decode=mean</c>.</summary>
    public static CompressorRow<Passage> Row { get; } = new("sketch", "keeps the words that a model finds least probable, coded with their places; the model says the rest",
        spec => new SketchCompressor(spec))
    {
        Options =
        [
            OptionSpec.Number("keep", 0.01m, 1, 0.5m, "share of the words and signs that is kept; 1 loses nothing") with { AlwaysShown = true },
            OptionSpec.Choice("model", ["ngram", Frequency], "what reckons which words cost most: their neighbours on both sides, or how frequent they are"),
            OptionSpec.Choice("places", ["order", Exact], "what is kept of where they stand: their order and where something is left out, or how much too"),
            OptionSpec.Choice("decode", ["mean", Sample], "the rest: the most probable, or a draw"),
            OptionSpec.WholeNumber("seed", 0, int.MaxValue, 0, "of what is drawn"),
        ],
    };

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ICompressed<Passage> Compress(Training<Passage> training, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        Learnt texts = s_texts.Get(training, 0, () => Learn(training, progress, cancel));
        Sketched made = s_models.Get(training, (_options.Keep, _options.ByFrequency, _options.IsExact), () => texts.Sketch(_options, progress, Name, cancel));
        return new SketchCodec(made.Model, made.Most, _options);
    }

    private Learnt Learn(Training<Passage> training, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var texts = new List<(IReadOnlyList<ReadOnlyMemory<byte>> Pieces, int Document)>();
        int document = 0;
        foreach (IReadOnlyList<Passage> passages in DocumentText.Read(training.Documents))
        {
            cancel.ThrowIfCancellationRequested();
            foreach (Passage passage in passages) texts.Add((Pieces.Of(passage.Bytes), document));
            document++;
            progress?.Report(new WorkProgress("training " + Name, document / (2.0 * training.Documents.Count)));
        }
        var vocabulary = Vocabulary.Of(texts);
        if (vocabulary.Pieces.Count == 0)
            throw new UnusableDocumentException("no word stands in two documents of the training text: there is nothing that a model could say in place of what is left out");
        (int[] Symbols, int Document)[] sequences = [.. texts.Select(text => (vocabulary.NumbersOf(text.Pieces), text.Document))];
        var counts = TrigramCounts.Of(sequences, vocabulary.Count);
        return new Learnt(vocabulary, new Trigrams(counts, null, vocabulary.SpaceOf(counts.Ones)), Company.Of(sequences, counts.Ones), sequences);
    }

    /// <summary>What is the same whatever is kept.</summary>
    private sealed record Learnt(Vocabulary Vocabulary, Trigrams Texts, Company Company, (int[] Symbols, int Document)[] Sequences)
    {
        /// <summary>The highest chance of what is kept, and what follows what in T's sketches.</summary>
        internal Sketched Sketch(SketchOptions options, IProgress<WorkProgress>? progress, string name, CancellationToken cancel)
        {
            double[][] chances = new double[Sequences.Length][];
            int done = 0;
            Parallel.For(0, chances.Length, new ParallelOptions { CancellationToken = cancel }, i =>
            {
                chances[i] = options.Chances(Texts, Company, Sequences[i].Symbols);
                progress?.Report(new WorkProgress("training " + name, 0.5 + (Interlocked.Increment(ref done) / (2.0 * chances.Length))));
            });
            double[] sorted = [.. chances.SelectMany(chance => chance)];
            Array.Sort(sorted);
            double most = options.Keep == 1 ? double.PositiveInfinity : sorted[Math.Max(0, (int)Math.Round(options.Keep * sorted.Length) - 1)];
            (int[], int)[] sketches = [.. Sequences.Select((text, i) =>
                (Sketches.Sketch.Coded(text.Symbols, [.. chances[i].Select(chance => chance <= most)], options.IsExact).ToArray(), text.Document))];
            return new Sketched(new SketchModel(Vocabulary, Texts, Company, TrigramCounts.Of(sketches, Vocabulary.Count)), most);
        }
    }

    private sealed record Sketched(SketchModel Model, double Most);
}
