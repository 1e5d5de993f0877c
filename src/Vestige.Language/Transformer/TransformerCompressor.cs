using Vestige.Compressors;
using Vestige.Language.Transformer.Training;
using Vestige.Sources;

namespace Vestige.Language.Transformer;

/// <summary>Trains a Transformer on T.</summary>
/// <remarks>Rows that differ in nothing but how they are drawn share one training.</remarks>
public sealed class TransformerCompressor : ICompressor<Passage>
{
    private static readonly TrainedOnce<GptOptions, TransformerText> s_models = new();

    private readonly GptOptions _options;
    private readonly SamplingOptions _sampling;

    private TransformerCompressor(CompressorSpec spec)
    {
        Name = spec.Name;
        _options = TransformerOptions.Of(spec);
        _sampling = SamplingOptions.Of(spec);
    }

    /// <summary><c>transformer:layers=4,width=256</c> and so on, and the options of drawing.</summary>
    public static CompressorRow<Passage> Row { get; } = new("transformer", "a decoder-only Transformer over bytes, trained from scratch on T",
        spec => new TransformerCompressor(spec))
    {
        Options = [.. TransformerOptions.All, .. SamplingOptions.Specs],
    };

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Bytes of a window.</summary>
    internal int Context => _options.Context;

    /// <inheritdoc/>
    /// <exception cref="UnusableDocumentException">There is too little text, or training diverged; the message says what to change.</exception>
    public ICompressed<Passage> Compress(Training<Passage> training, IProgress<Advance>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        return s_models.Get(training, _options, () => Train(training, progress, cancel)).With(Name, _sampling);
    }

    private TransformerText Train(Training<Passage> training, IProgress<Advance>? progress, CancellationToken cancel)
    {
        int passageBytes = 0;
        List<ReadOnlyMemory<byte>> texts = [];
        foreach (IReadOnlyList<Passage> passages in DocumentText.Read(training.Documents))
        {
            passageBytes = passages.Aggregate(passageBytes, (longest, passage) => Math.Max(longest, passage.Length));
            texts.AddRange(DocumentText.Of(passages).Select(text => text.Bytes));
        }
        Trainer trainer;
        try
        {
            trainer = new Trainer(_options, new TrainingText(texts));
        }
        catch (ArgumentException e)
        {
            throw new UnusableDocumentException(e.Message, e);
        }
        TrainingOutcome outcome = trainer.Run(new TrainingReporter(progress, Name), checkpoint: null, cancel);
        cancel.ThrowIfCancellationRequested();
        if (outcome.Ending == Ending.Diverged) throw new UnusableDocumentException(outcome.Message);
        return new TransformerText(Name, outcome.Model, SamplingOptions.Plain, passageBytes);
    }

    private sealed class TrainingReporter(IProgress<Advance>? to, string name) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => to?.Report(new Advance(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"training {name} ({value.Loss:0.00} bits/byte)"), value.Share));

    }
}
