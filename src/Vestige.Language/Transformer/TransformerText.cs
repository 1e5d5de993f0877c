using Vestige.Compressors;
using Vestige.Language.Transformer.Inference;

namespace Vestige.Language.Transformer;

/// <summary>The distribution over passages that a Transformer and a way of drawing from it make.</summary>
/// <remarks>A passage is scored on its own, from an empty context, and drawn so.</remarks>
public sealed class TransformerText : IGenerator<Passage>, IDensity<Passage>, IPromptedText, ITextCompleter
{
    // Passages that go through the model together.
    private const int Chunk = 64;

    private readonly Gpt _model;
    private readonly Sampling _sampling;

    internal TransformerText(string name, Gpt model, SamplingOptions sampling, int passageBytes)
    {
        Name = name;
        _model = model;
        _sampling = new Sampling(sampling.Temperature, sampling.TopK, sampling.TopP);
        PassageBytes = passageBytes;
    }

    /// <summary>Name of the row.</summary>
    public string Name { get; }

    /// <summary>Length of the passages it draws, in bytes.</summary>
    public int PassageBytes { get; }

    /// <inheritdoc/>
    public long? DescriptionBytes => _model.DescriptionBytes;

    /// <summary>The same model under another name, drawn from in another way.</summary>
    internal TransformerText With(string name, SamplingOptions sampling) => new(name, _model, sampling, PassageBytes);

    /// <inheritdoc/>
    public double Log2Probability(Passage item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return _model.Log2Probability(item.Bytes, _sampling);
    }

    /// <inheritdoc/>
    public double[] Log2Probabilities(IReadOnlyList<Passage> items) => _model.Log2Probabilities([.. items.Select(item => item.Bytes)], _sampling);

    byte[][] IPromptedText.Sample(int count, int length, ReadOnlyMemory<byte> prompt, ulong seed, long first, CancellationToken cancel) =>
        _model.Sample(count, length, prompt, _sampling, seed, first, null, cancel);

    (double[] Log2, double LeftOut) IPromptedText.Log2Probabilities(
        SortedTexts texts, int prompt, double negligible, IProgress<double>? progress, CancellationToken cancel) =>
        _model.Log2Probabilities(texts, prompt, _sampling, negligible, progress, cancel);

    /// <inheritdoc/>
    /// <remarks>A document is one passage: passages are drawn independently. Passage i is the same however many are drawn.</remarks>
    public IEnumerable<IReadOnlyList<Passage>> Sample(int units, ulong seed, IProgress<Advance>? progress, CancellationToken cancel)
    {
        for (int first = 0; first < units; first += Chunk)
        {
            byte[][] texts = _model.Sample(Math.Min(Chunk, units - first), PassageBytes, default, _sampling, seed, first, null, cancel);
            for (int i = 0; i < texts.Length; i++) yield return [new Passage(texts[i], $"{Name}, sample {first + i + 1}", 0)];
            progress?.Report(new Advance($"sampling {Name}", (double)Math.Min(units, first + Chunk) / units));
        }
    }

    /// <inheritdoc/>
    public byte[][] Complete(IReadOnlyList<ReadOnlyMemory<byte>> prefixes, int length, IProgress<double>? progress, CancellationToken cancel) =>
        _model.Continue(prefixes, length, progress, cancel);
}
