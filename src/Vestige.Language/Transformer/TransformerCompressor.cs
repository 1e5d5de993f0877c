using System.Globalization;
using Vestige.Compressors;
using Vestige.Language.Transformer.Parameters;
using Vestige.Language.Transformer.Storage;
using Vestige.Language.Transformer.Training;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Language.Transformer;

/// <summary>Trains a Transformer on T.</summary>
/// <remarks>Rows that differ in nothing but how they are drawn share one training.</remarks>
public sealed class TransformerCompressor : ITextTrainer
{
    // In a line of progress.
    private const int LongestName = 24;

    private static readonly TrainedOnce<Passage, GptOptions, TransformerText> s_models = new();

    private readonly GptOptions _options;
    private readonly SamplingOptions _sampling;

    private TransformerCompressor(Spec spec)
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

    /// <inheritdoc/>
    public bool KeepsWork => true;

    /// <summary>Bytes of a window.</summary>
    internal int Context => _options.Context;

    /// <inheritdoc/>
    /// <exception cref="UnusableDocumentException">There is too little text, or training diverged; the message says what to change.</exception>
    public ICompressed<Passage> Compress(Training<Passage> training, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        TransformerText model = s_models.Get(training, _options, () =>
        {
            var corpus = Corpus.Read(training.Documents);
            return training.Shelf is { } shelf
                ? new KeptModel(shelf, corpus, _options).Get(job => Train(corpus, job), Name)
                : Train(corpus, new TrainingJob(training.Documents));
        });
        return model.Drawing(Name, _sampling, model.PassageBytes);

        TransformerText Train(Corpus corpus, TrainingJob job)
        {
            TrainedText trained = this.Train(corpus, job, progress, cancel);
            cancel.ThrowIfCancellationRequested();
            return trained.Ending == Ending.Diverged ? throw new UnusableDocumentException($"{Name}: {trained.Message}") : (TransformerText)trained.Model;
        }
    }

    /// <inheritdoc/>
    public TrainedText Train(TrainingJob job, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(job);
        return Train(Corpus.Read(job.Documents), job, progress, cancel);
    }

    /// <inheritdoc/>
    public string? Unlike(ITextModel model, TrainingJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (model is not TransformerText text) return $"it is {model?.Summary}";
        string differences = Differences(text.Options, job.Threads is { } threads ? _options with { Threads = threads } : _options, job.Threads);
        return differences.Length > 0 ? $"it was trained with other settings ({differences})" : Corpus.Unlike(model, job.Documents);
    }

    private TrainedText Train(Corpus corpus, TrainingJob job, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        Trainer trainer = Begin(job, new TrainingText(corpus.Texts, corpus.Contents));
        Action<Trainer>? checkpoint = job.Save is { } save ? state => save(to => ModelFile.WriteCheckpoint(to, state)) : null;
        // The first at once: a place without room for it is found before the work.
        if (job.Checkpoint is null) checkpoint?.Invoke(trainer);
        TrainingOutcome outcome = trainer.Run(new TrainingReporter(progress, Name), checkpoint, cancel, job.SaveEvery);
        return new TrainedText(new TransformerText(Name, outcome.Model, SamplingOptions.Plain, corpus.PassageBytes), outcome.Ending, outcome.Message);
    }

    private Trainer Begin(TrainingJob job, TrainingText text)
    {
        try
        {
            GptOptions options = job.Threads is { } threads ? _options with { Threads = threads } : _options;
            if (job.Checkpoint is not { } path) return new Trainer(options, text);
            return ModelFile.ReadCheckpoint(path, text, begun =>
            {
                if (Differences(begun, options, job.Threads) is { Length: > 0 } others)
                    throw new InvalidDataException($"{path} was begun with other settings ({others}): give the same to go on, or remove it to begin anew");
            });
        }
        catch (ArgumentException e)
        {
            throw new UnusableDocumentException(e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>In what settings a run and what is asked for differ; empty where in none. Without a word of the user's the number of threads is the
    /// run's: it then ends as if it had never been broken off.</summary>
    private static string Differences(GptOptions begun, GptOptions asked, int? threads)
    {
        if (threads is null) asked = asked with { Threads = begun.Threads };
        return string.Join(", ", typeof(GptOptions).GetProperties()
            .Where(property => !Equals(property.GetValue(begun), property.GetValue(asked)))
            .Select(property => string.Create(CultureInfo.InvariantCulture, $"{property.Name} {property.GetValue(begun) ?? "none"}, not {property.GetValue(asked) ?? "none"}")));
    }

    private sealed class TrainingReporter(IProgress<WorkProgress>? to, string name) : IProgress<TrainingProgress>
    {
        private readonly string _what = "training " + (name.Length <= LongestName ? name : name[..(LongestName - 3)] + "...");

        public void Report(TrainingProgress value) => to?.Report(new WorkProgress(_what, value.Share)
        {
            Detail = string.Create(CultureInfo.InvariantCulture, $"step {value.Step:N0}, {value.Loss:0.000} bits/byte")
                + (value.Validation is { } bits ? string.Create(CultureInfo.InvariantCulture, $" (validation {bits:0.000})") : "")
                + string.Create(CultureInfo.InvariantCulture, $", {value.BytesPerSecond:N0} bytes/s"),
        });
    }
}
