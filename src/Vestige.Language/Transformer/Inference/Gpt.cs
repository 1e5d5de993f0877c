using Vestige.Language.Coding;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;

namespace Vestige.Language.Transformer.Inference;

/// <summary>A trained decoder-only Transformer over bytes.</summary>
/// <remarks>Its members may be called from several threads at once.</remarks>
internal sealed class Gpt
{
    private readonly GptWeights _weights;
    private readonly Sampler _sampler;
    private readonly Scorer _scorer;
    private readonly TreeScorer _treeScorer;
    private readonly LaneCoder _coder;

    /// <summary>A model with given parameters.</summary>
    /// <param name="options">Its shape, and how it was trained.</param>
    /// <param name="values">Its parameters, in the order of its table.</param>
    /// <param name="documents">Hashes of the documents it was trained on.</param>
    /// <param name="history">How training went.</param>
    internal Gpt(GptOptions options, ReadOnlySpan<float> values, IReadOnlyList<UInt128> documents, IReadOnlyList<Milestone> history)
    {
        _weights = new GptWeights(options, training: false);
        values.CopyTo(_weights.Values.Span);
        _weights.Pack(Environment.ProcessorCount);
        (_sampler, _scorer, _treeScorer, _coder) = (new Sampler(_weights), new Scorer(_weights), new TreeScorer(_weights), new LaneCoder(_weights));
        (Documents, History) = ([.. documents], [.. history]);
    }

    internal GptOptions Options => _weights.Options;

    internal ParameterTable Table => _weights.Table;

    /// <summary>All parameters, as <see cref="Table"/> lays them out.</summary>
    internal ReadOnlyMemory<float> Values => _weights.Values;

    /// <summary>Hashes of the documents it was trained on.</summary>
    internal IReadOnlyList<UInt128> Documents { get; }

    /// <summary>How training went.</summary>
    internal IReadOnlyList<Milestone> History { get; }

    /// <summary>False for a model of a file without a checksum, whose weights may have been changed since they were written.</summary>
    internal bool Verified { get; init; } = true;

    /// <summary>Bytes of the parameters as they are stored.</summary>
    internal long DescriptionBytes => (long)Table.Length * sizeof(float);

    /// <summary>Draws texts. The same seed gives the same texts, whatever the threads; text i is the same however many are drawn.</summary>
    /// <param name="count">How many.</param>
    /// <param name="length">Bytes of each, after the prompt.</param>
    /// <param name="prompt">What each goes on from; may be empty.</param>
    /// <param name="sampling">How bytes are drawn.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="first">Number of the first text: 100 texts are the same as 60, and 40 from number 60 on.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The texts, without the prompt.</returns>
    internal byte[][] Sample(int count, int length, ReadOnlyMemory<byte> prompt, SamplingOptions sampling, ulong seed, long first = 0,
        IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        return _sampler.Draw([.. Enumerable.Repeat(prompt, count)], length, sampling, seed, first, progress, cancel);
    }

    /// <summary>The most probable continuations, byte by byte.</summary>
    /// <param name="prefixes">What is to be continued.</param>
    /// <param name="length">Bytes to add to each.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The continuations, without the prefixes.</returns>
    internal byte[][] Continue(IReadOnlyList<ReadOnlyMemory<byte>> prefixes, int length, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        byte[][] results = new byte[prefixes.Count][];
        foreach (IGrouping<int, int> sameLength in Enumerable.Range(0, prefixes.Count).GroupBy(i => prefixes[i].Length))
        {
            int[] indexes = [.. sameLength];
            byte[][] drawn = _sampler.Draw([.. indexes.Select(i => prefixes[i])], length, SamplingOptions.Greedy, 0, 0, progress, cancel);
            for (int i = 0; i < indexes.Length; i++) results[indexes[i]] = drawn[i];
        }

        return results;
    }

    /// <summary><c>log2 q(text)</c> of each text, in windows with a stride of half the context; the very probability that <see cref="Sample"/> draws it with.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="sampling">What q is; null: the model as it is.</param>
    internal double[] Log2Probabilities(IReadOnlyList<ReadOnlyMemory<byte>> texts, SamplingOptions? sampling = null)
    {
        return _scorer.Log2Probabilities(texts, sampling ?? SamplingOptions.Plain, Environment.ProcessorCount);
    }

    /// <inheritdoc cref="ICodedText.Code"/>
    internal void Code<TSteps>(IReadOnlyList<Memory<byte>> texts, TSteps steps, Action<int>? coded, CancellationToken cancel)
        where TSteps : ISteps =>
        _coder.Code(texts, steps, coded, cancel);

    /// <summary>The same of texts that share prefixes and are no longer than the context; see <see cref="IPromptedText"/>.</summary>
    internal (double[] Log2, double LeftOut) Log2Probabilities(
        SortedTexts texts, int prompt, SamplingOptions sampling, double negligible, IProgress<double>? progress, CancellationToken cancel) =>
        _treeScorer.Log2Probabilities(texts, prompt, sampling, negligible, Environment.ProcessorCount, progress, cancel);

    /// <summary>Goes through passages byte by byte.</summary>
    internal ISymbolReader OpenSymbols(SamplingOptions sampling) => new TransformerSymbols(_weights, sampling);

    /// <summary><c>log2 q(text)</c>, as <see cref="Log2Probabilities(IReadOnlyList{ReadOnlyMemory{byte}}, SamplingOptions)"/>.</summary>
    internal double Log2Probability(ReadOnlyMemory<byte> text, SamplingOptions? sampling = null) => Log2Probabilities([text], sampling)[0];

    /// <summary>Ideal code length of <paramref name="texts"/> in bits for each of their bytes; NaN where there are none.</summary>
    internal double BitsPerByte(IReadOnlyList<ReadOnlyMemory<byte>> texts, SamplingOptions? sampling = null)
    {
        return -Log2Probabilities(texts, sampling).Sum() / texts.Sum(text => (double)text.Length);
    }
}
