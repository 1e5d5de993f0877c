using Vestige.Compressors;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Language.NGrams;

/// <summary>Fits an n-gram model to T.</summary>
/// <remarks>N-grams run through a document, from passage to passage.</remarks>
public sealed class NGramCompressor : ITextTrainer
{
    private static readonly TrainedOnce<Passage, int, NGramText> s_models = new();

    private readonly int _order;
    private readonly SamplingOptions _sampling;

    private NGramCompressor(Spec spec)
    {
        Name = spec.Name;
        _order = spec.WholeNumber("order");
        _sampling = SamplingOptions.Of(spec);
    }

    /// <summary><c>ngram:order=6</c> and the options of drawing.</summary>
    public static CompressorRow<Passage> Row { get; } = new("ngram", "counts of byte n-grams, smoothed (interpolated modified Kneser-Ney)",
        spec => new NGramCompressor(spec))
    {
        Options =
        [
            OptionSpec.WholeNumber("order", NGramCounts.LowestOrder, NGramCounts.HighestOrder, 6, "bytes of the longest n-grams") with { AlwaysShown = true },
            .. SamplingOptions.Specs,
        ],
    };

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ICompressed<Passage> Compress(Training<Passage> training, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        NGramText model = s_models.Get(training, _order, () => Train(training.Documents, progress, cancel));
        return model.Drawing(Name, _sampling, model.PassageBytes);
    }

    /// <inheritdoc/>
    /// <remarks>There is nothing to go on from: counting takes about as long as reading a checkpoint would.</remarks>
    public TrainedText Train(TrainingJob job, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new TrainedText(Train(job.Documents, progress, cancel), Ending.Finished, "Counted.");
    }

    /// <inheritdoc/>
    public string? Unlike(ITextModel model, TrainingJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return model is not NGramText text || text.Order != _order ? $"it is {model?.Summary}, and of up to {_order} bytes is asked for" : Corpus.Unlike(model, job.Documents);
    }

    private NGramText Train(IReadOnlyList<Entry<Passage>> documents, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var corpus = Corpus.Read(documents);
        NGramCounts counts;
        try
        {
            counts = NGramTrainer.Count(corpus.Texts, _order, progress, cancel);
        }
        catch (ArgumentException e)
        {
            throw new UnusableDocumentException(e.Message, e);
        }
        return new NGramText(Name, new NGramModel(counts), NGramFile.SizeOf(counts), SamplingOptions.Plain, corpus.PassageBytes, corpus.Contents);
    }
}
