using Vestige.Compressors;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Language.Learning;

/// <summary>Has a learner read T.</summary>
/// <remarks>It reads documents one after the other, each from its start. Rows that differ in nothing but how they are drawn share one reading.</remarks>
internal sealed class LearnerCompressor : ITextTrainer
{
    private static readonly TrainedOnce<Passage, string, LearntText> s_models = new();

    private readonly LearnerKind _kind;
    private readonly IReadOnlyList<int> _settings;
    private readonly SamplingOptions _sampling;

    private LearnerCompressor(LearnerKind kind, Spec spec)
    {
        Name = spec.Name;
        _kind = kind;
        _settings = kind.SettingsOf(spec);
        _sampling = SamplingOptions.Of(spec);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The row of a kind.</summary>
    internal static CompressorRow<Passage> Row(LearnerKind kind) =>
        new(kind.Name, kind.Description, spec => new LearnerCompressor(kind, spec)) { Options = [.. kind.Options, .. SamplingOptions.Specs] };

    /// <inheritdoc/>
    public ICompressed<Passage> Compress(Training<Passage> training, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        LearntText model = s_models.Get(training, _kind.Write(_settings), () => Train(training.Documents, progress, cancel));
        return model.Drawing(Name, _sampling, model.PassageBytes);
    }

    /// <inheritdoc/>
    /// <remarks>There is nothing to go on from: what a checkpoint would hold takes as long to read as the text.</remarks>
    public TrainedText Train(TrainingJob job, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new TrainedText(Train(job.Documents, progress, cancel), Ending.Finished, "Learnt.");
    }

    /// <inheritdoc/>
    public string? Unlike(ITextModel model, TrainingJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        string asked = _kind.Write(_settings);
        return model is LearntText text && text.Written == asked ? Corpus.Unlike(model, job.Documents) : $"it is {model?.Summary}, and {asked} is asked for";
    }

    private LearntText Train(IReadOnlyList<Entry<Passage>> documents, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var corpus = Corpus.Read(documents);
        var learnt = Learnt.From(_kind, _settings, corpus.Texts, done => progress?.Report(new WorkProgress("training " + Name, done)), cancel);
        return new LearntText(Name, learnt, SamplingOptions.Plain, corpus.PassageBytes, corpus.Contents);
    }
}
