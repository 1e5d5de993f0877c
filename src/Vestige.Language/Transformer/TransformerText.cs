using System.Globalization;
using Vestige.Compressors;
using Vestige.Language.Coding;
using Vestige.Language.Transformer.Inference;
using Vestige.Language.Transformer.Parameters;
using Vestige.Language.Transformer.Storage;

namespace Vestige.Language.Transformer;

/// <summary>The distribution over passages that a Transformer and a way of drawing from it make.</summary>
/// <remarks>A passage is scored on its own, from an empty context, and drawn so.</remarks>
public sealed class TransformerText : IPromptedText, ICodedText, ISymbolText, IFileCoder<Passage>
{
    // Passages that go through the model together.
    private const int Chunk = 64;

    private readonly Gpt _model;
    private readonly SamplingOptions _sampling;

    internal TransformerText(string name, Gpt model, SamplingOptions sampling, int passageBytes)
    {
        Name = name;
        _model = model;
        _sampling = sampling;
        PassageBytes = passageBytes;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Summary
    {
        get
        {
            GptOptions options = _model.Options;
            string shape = string.Create(CultureInfo.InvariantCulture,
                $"a Transformer of {options.Layers} layers, width {options.Width}, {_model.Table.Length:N0} parameters");
            if (_model.History.Count == 0) return shape;
            double? validation = _model.History.Min(milestone => milestone.Validation);
            return shape + string.Create(CultureInfo.InvariantCulture,
                $"; {_model.History[^1].Step:N0} steps, then {_model.History[^1].Loss:0.000} bits/byte on what it learnt from")
                + (validation is { } bits ? string.Create(CultureInfo.InvariantCulture, $", and {bits:0.000} at best on its validation slice") : "");
        }
    }

    /// <summary>Length of the passages it draws, in bytes.</summary>
    public int PassageBytes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<UInt128> Documents => _model.Documents;

    /// <inheritdoc/>
    public IReadOnlyList<string> Notices => _model.Verified ? []
        : ["has no checksum, as models of older versions have none: whether its weights are those that were written cannot be told. Train it again, or take it as it is"];

    /// <inheritdoc/>
    public string SymbolSet => SymbolSets.Bytes;

    /// <inheritdoc/>
    public string SymbolName => "byte";

    /// <inheritdoc/>
    public ISymbolReader OpenSymbols() => _model.OpenSymbols(_sampling);

    /// <summary>The weights.</summary>
    internal Gpt Model => _model;

    internal GptOptions Options => _model.Options;

    /// <summary>Whether its weights are known to be those that were written.</summary>
    internal bool Verified => _model.Verified;

    /// <inheritdoc/>
    public long? DescriptionBytes => _model.DescriptionBytes;

    /// <inheritdoc/>
    public long? Parameters => _model.Table.Length;

    /// <inheritdoc/>
    public ITextModel Drawing(string name, SamplingOptions sampling, int passageBytes) => new TransformerText(name, _model, sampling, passageBytes);

    /// <inheritdoc/>
    public void Write(Stream stream) => ModelFile.Write(stream, _model);

    /// <inheritdoc/>
    public double Log2Probability(Passage item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return _model.Log2Probability(item.Bytes, _sampling);
    }

    /// <inheritdoc/>
    public double[] Log2Probabilities(IReadOnlyList<Passage> items) => _model.Log2Probabilities([.. items.Select(item => item.Bytes)], _sampling);

    (double[] Log2, double LeftOut) IPromptedText.Log2Probabilities(
        SortedTexts texts, int prompt, double negligible, IProgress<double>? progress, CancellationToken cancel) =>
        _model.Log2Probabilities(texts, prompt, _sampling, negligible, progress, cancel);

    /// <inheritdoc/>
    /// <remarks>A document is one passage: passages are drawn independently. Passage i is the same however many are drawn.</remarks>
    public IEnumerable<IReadOnlyList<Passage>> Sample(int units, ulong seed, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        for (int first = 0; first < units; first += Chunk)
        {
            byte[][] texts = Sample(Math.Min(Chunk, units - first), PassageBytes, default, seed, first, null, cancel);
            for (int i = 0; i < texts.Length; i++) yield return [new Passage(texts[i], $"{Name}, sample {first + i + 1}", 0)];
            progress?.Report(new WorkProgress($"sampling {Name}", (double)Math.Min(units, first + Chunk) / units));
        }
    }

    /// <inheritdoc/>
    public byte[][] Sample(int count, int length, ReadOnlyMemory<byte> prompt, ulong seed, long first, IProgress<double>? progress, CancellationToken cancel) =>
        _model.Sample(count, length, prompt, _sampling, seed, first, progress, cancel);

    /// <inheritdoc/>
    public byte[][] Complete(IReadOnlyList<ReadOnlyMemory<byte>> prefixes, int length, IProgress<double>? progress, CancellationToken cancel) =>
        _model.Continue(prefixes, length, progress, cancel);

    /// <inheritdoc/>
    public long FileBytes(IReadOnlyList<Passage> items, CancellationToken cancel) => CodedFileWriter.Size(this, items, cancel);

    int ICodedText.Lanes => Inference.LaneCoder.Group;

    void ICodedText.Code<TSteps>(IReadOnlyList<Memory<byte>> texts, TSteps steps, Action<int>? coded, CancellationToken cancel) => _model.Code(texts, steps, coded, cancel);
}
